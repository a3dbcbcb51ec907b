using System.Net;
using System.Net.Sockets;

namespace OneFichier.Sandbox;

/// <summary>Carries out remote uploads, from loopback addresses alone: the sandbox never leaves the machine. Whoever calls holds the world's gate, but for the fetching itself.</summary>
internal sealed class RemoteDesk : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectCallback = ConnectAsync });
    private long last = 3_000_000_000;

    /// <summary>A new request; its addresses are fetched one after another.</summary>
    public RemoteJob Begin(World world, AccountState member, RemoteOrder order)
    {
        var job = new RemoteJob(++last, world.Now, order) { Items = [.. order.Links.Select(l => new RemoteItem(l))] };
        member.RemoteJobs.Add(job);
        _ = Task.Run(() => FetchAsync(world, member, job));
        return job;
    }

    /// <summary>Stores what has come and is due.</summary>
    public static void Settle(World world, AccountState member, RemoteJob job)
    {
        foreach (var (index, item) in job.Items.Index())
        {
            if (item.Arrived is not { } content || item.Done || world.Now < job.Date + (index + 1) * world.Behaviours.RemoteDelay)
                continue;
            item.Done = true;
            if (content.Content is { } stored)
                item.File = world.AddFile(world.FindFolder(member, job.Order.Folder) ?? member.Root, content.Name, stored);
        }

        if (job.Items.All(i => i.Done))
            job.Executed ??= world.Now;
    }

    public void Dispose()
    {
        closing.Cancel();
        http.Dispose();
        closing.Dispose();
    }

    private async Task FetchAsync(World world, AccountState member, RemoteJob job)
    {
        foreach (var item in job.Items)
        {
            var arrived = await FetchAsync(world, job.Order, item.Url);
            lock (world.Gate)
            {
                item.Arrived = arrived;
                Settle(world, member, job);
            }
        }
    }

    private async Task<RemoteArrival> FetchAsync(World world, RemoteOrder order, string url)
    {
        try
        {
            if (Refuses(world, url))
                return new RemoteArrival("", null, "Download error");
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != "http")
                return new RemoteArrival("", null, "Unsupported URL");
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            foreach (var (name, value) in order.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, closing.Token);
            if (!response.IsSuccessStatusCode)
                return new RemoteArrival("", null, $"Download error: HTTP {(int)response.StatusCode}");
            return await StoreAsync(world, response, NameOf(response, address));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            return new RemoteArrival("", null, "Unable to connect");
        }
    }

    private async Task<RemoteArrival> StoreAsync(World world, HttpResponseMessage response, string name)
    {
        using var blob = world.Blobs.Create();
        await using var body = await response.Content.ReadAsStreamAsync(closing.Token);
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, closing.Token)) > 0;)
            blob.Append(buffer.AsSpan(0, read));
        return blob.Size == 0 ? new RemoteArrival(name, null, "Empty file") : new RemoteArrival(name, blob.Complete(), "");
    }

    private bool Refuses(World world, string url)
    {
        lock (world.Gate)
        {
            var behaviours = world.Behaviours;
            if (behaviours.RemoteFailName.Length == 0 || !url.Contains(behaviours.RemoteFailName, StringComparison.Ordinal))
                return false;
            var before = failures.GetValueOrDefault(url);
            failures[url] = before + 1;
            return behaviours.RemoteFailTimes == 0 || before < behaviours.RemoteFailTimes;
        }
    }

    private static string NameOf(HttpResponseMessage response, Uri address)
    {
        var stated = response.Content.Headers.ContentDisposition is { } d ? d.FileNameStar ?? d.FileName?.Trim('"') : null;
        var name = stated ?? Uri.UnescapeDataString(address.Segments[^1]);
        name = name[(name.LastIndexOf('/') + 1)..];
        return name.Length == 0 ? "index.html" : name;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        var address = end.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(end.Host, out var literal) && IPAddress.IsLoopback(literal) ? literal : null;
        if (address is null)
            throw new IOException("The sandbox never leaves the machine.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>What was asked for.</summary>
internal sealed record RemoteOrder(IReadOnlyList<string> Links, long Folder, IReadOnlyList<KeyValuePair<string, string>> Headers);

/// <summary>A remote upload.</summary>
internal sealed record RemoteJob(long Id, DateTimeOffset Date, RemoteOrder Order)
{
    public required IReadOnlyList<RemoteItem> Items { get; init; }

    public DateTimeOffset? Executed { get; set; }
}

/// <summary>One address of it.</summary>
internal sealed record RemoteItem(string Url)
{
    public RemoteArrival? Arrived { get; set; }

    public bool Done { get; set; }

    public StoredFile? File { get; set; }
}

/// <summary>What came from an address, or why nothing did.</summary>
internal sealed record RemoteArrival(string Name, Content? Content, string Problem);
