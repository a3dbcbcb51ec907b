using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneFichier.Testing;

/// <summary>
/// A server on a loopback port that keeps every request to the byte and answers what it is told to, or cuts the connection. It plays the API's
/// <c>get_upload_server</c> by itself and names itself as the node; everything else is up to the test.
/// </summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<RawRequest, RawReply> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<RawRequest> _requests = [];
    private int _nodes;

    /// <summary>Starts to listen.</summary>
    public RawServer(Func<RawRequest, RawReply> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Host and port.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The base to give to a client.</summary>
    public Uri ApiBase => new($"http://{Authority}/v1");

    /// <summary>Whether bodies are counted only, instead of kept.</summary>
    public bool DropBodies { get; init; }

    /// <summary>Cuts the connection of the n-th request to <c>upload.cgi</c> after so many bytes of its body.</summary>
    public Func<int, long?> CutUploadAfter { get; init; } = _ => null;

    /// <summary>What was asked, <c>get_upload_server</c> left out.</summary>
    public IReadOnlyList<RawRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A client of this server on a fast clock.</summary>
    public FichierClient Client(Func<FichierOptions, FichierOptions>? change = null)
    {
        var options = Stage.OptionsFor(ApiBase, new FastTime());
        return new FichierClient(change?.Invoke(options) ?? options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var reader = new RawReader(stream);
        try
        {
            while (await reader.HeadAsync(_stop.Token) is { } head)
            {
                if (!await AnswerAsync(stream, reader, head))
                    return;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, RawReader reader, string head)
    {
        var request = new RawRequest(head, 0, []);
        var cut = request.Path == "/upload.cgi" ? CutUploadAfter(1 + Requests.Count(r => r.Path == "/upload.cgi")) : null;
        var (length, kept) = await reader.BodyAsync(Math.Min(request.ContentLength, cut ?? long.MaxValue), !DropBodies, _stop.Token);
        request = request with { Length = length, Body = kept };
        var reply = request.Path == "/v1/upload/get_upload_server.cgi" ? Node() : Answer(request);
        if (cut is not null || reply.Bytes.Length == 0)
            return false;
        await stream.WriteAsync(reply.Bytes, _stop.Token);
        return !reply.ThenCut;
    }

    private RawReply Answer(RawRequest request)
    {
        lock (_gate)
        {
            _requests.Add(request);
        }

        return _answer(request);
    }

    private RawReply Node() => RawReply.Json($$"""{"url":"{{Authority}}","id":"node{{Interlocked.Increment(ref _nodes):D6}}"}""");
}

/// <summary>A request to the byte.</summary>
/// <param name="Head">Request line and headers, as sent.</param>
/// <param name="Length">Bytes of the body that came.</param>
/// <param name="Body">Those bytes, unless they were dropped.</param>
public sealed record RawRequest(string Head, long Length, byte[] Body)
{
    /// <summary>The path, without the query.</summary>
    public string Path => Head.Split(' ')[1].Split('?')[0];

    /// <summary>The query.</summary>
    public string Query => Head.Split(' ')[1].Split('?') is [_, var query] ? query : "";

    /// <summary>What the body was announced as; zero without an announcement.</summary>
    public long ContentLength => long.TryParse(Header("Content-Length"), out var length) ? length : 0;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header's value as sent; <see langword="null"/> when it was not.</summary>
    public string? Header(string name) =>
        Head.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

/// <summary>An answer to the byte; an empty one cuts the connection.</summary>
/// <param name="Bytes">All of it, status line included.</param>
/// <param name="ThenCut">Whether the connection ends after it.</param>
public sealed record RawReply(byte[] Bytes, bool ThenCut = false)
{
    /// <summary>No answer: the connection is cut.</summary>
    public static RawReply Cut { get; } = new([]);

    /// <summary>The node's acceptance.</summary>
    public static RawReply Accepted(string xid) => Of("302 Found", $"Location: /end.pl?xid={xid}\r\nContent-Type: text/html", "Moved ! Temporary Redirect");

    /// <summary>JSON with 200.</summary>
    public static RawReply Json(string json) => Of("200 OK", "Content-Type: application/json; charset=utf-8", json);

    /// <summary>A page.</summary>
    public static RawReply Html(string html, string status = "200 OK") => Of(status, "Content-Type: text/html; charset=utf-8", html);

    /// <summary>Any answer with its length.</summary>
    public static RawReply Of(string status, string headers, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new([.. Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {bytes.Length}\r\n\r\n"), .. bytes]);
    }
}
