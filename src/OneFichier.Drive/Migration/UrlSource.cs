using System.Net;
using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Migration;

/// <summary>A list of addresses. What the whole world can reach the service fetches by itself; what only this machine can reach is carried; page links and shares are copied on the service.</summary>
/// <param name="name">As the user wrote it.</param>
/// <param name="addresses">The addresses.</param>
/// <param name="http">What they are asked with; never given a key of the service.</param>
/// <param name="links">What looks at those that lead to the service.</param>
public sealed class UrlSource(string name, IReadOnlyList<ListedAddress> addresses, HttpClient http, ListedLinks links) : IMigrationSource
{
    private const int AsksAtOnce = 8;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public bool Foreign => addresses.Any(a => ListedLinks.Has(a.Address));

    /// <summary>Whether addresses are asked for name and size before, so that what cannot be reached is known; default where the list does not tell both.</summary>
    public bool Asks { get; init; } = true;

    /// <summary>Whether the service may fetch; default where it can reach the address.</summary>
    public bool Fetches { get; init; } = true;

    /// <summary>Whether the service itself is near, as a sandbox is, and reaches what this network reaches.</summary>
    public bool ServiceIsNear { get; init; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var some in addresses.Chunk(AsksAtOnce))
        {
            foreach (var file in (await Task.WhenAll(some.Select(a => LookAsync(a, cancellationToken)))).SelectMany(f => f))
                yield return file;
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        var address = new Uri(item.Origin);
        return await (ListedLinks.Has(address) ? links.OpenAsync(item, cancellationToken) : HttpContentStream.OpenAsync(http, address, item.Size, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<WhirlpoolHash?> HashAsync(MigrationItem item, CancellationToken cancellationToken = default) => Task.FromResult(item?.Checksum);

    /// <inheritdoc/>
    public Task<Uri?> AddressAsync(MigrationItem item, CancellationToken cancellationToken = default) => Task.FromResult(item is not null && new Uri(item.Origin) is var address && !ListedLinks.Has(address) ? address : null);

    /// <summary>Whether an address is one only this machine or this network can reach.</summary>
    public static bool IsNear(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = address.IdnHost.Trim('[', ']');
        return address.IsLoopback
            || (IPAddress.TryParse(host, out var ip) ? IsPrivate(ip) : !host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".lan", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPrivate(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        if (ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            return ip.IsIPv6LinkLocal || ip.IsIPv6UniqueLocal || ip.IsIPv6SiteLocal;

        var bytes = ip.GetAddressBytes();
        return bytes[0] is 0 or 10 or 127 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254) || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }

    private async Task<IReadOnlyList<SourceFile>> LookAsync(ListedAddress listed, CancellationToken cancellationToken) =>
        ListedLinks.Has(listed.Address) ? await links.LookAsync(listed, cancellationToken) : [await AskAsync(listed, cancellationToken)];

    private async Task<SourceFile> AskAsync(ListedAddress listed, CancellationToken cancellationToken)
    {
        var file = new SourceFile(listed.Address.AbsoluteUri, listed.Path ?? Named(UrlList.NameOf(listed.Address)))
        {
            Size = listed.Size,
            Checksum = listed.Checksum,
            Fetchable = Fetches && (ServiceIsNear || !IsNear(listed.Address)),
        };
        if (!Asks || (listed.Size is not null && listed.Path is not null))
            return file;

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, listed.Address);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Told(file, listed, response);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return file with { Problem = $"The address cannot be reached: {e.Message}" };
        }
    }

    private static SourceFile Told(SourceFile file, ListedAddress listed, HttpResponseMessage response)
    {
        // Some servers serve a file and refuse to be asked about it.
        if (response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
            return file;
        if (!response.IsSuccessStatusCode)
            return file with { Problem = $"The address answers {(int)response.StatusCode} {response.ReasonPhrase}." };

        var told = response.Content.Headers.ContentLength;
        if (listed.Size is { } size && told is { } length && size != length)
            return file with { Problem = $"The list says {size} bytes, the address {length}." };

        var named = listed.Path is null && response.Content.Headers.ContentDisposition is { } disposition ? (disposition.FileNameStar ?? disposition.FileName)?.Trim('"') : null;
        return file with
        {
            Path = named is { Length: > 0 } ? Named(named) : file.Path,
            Size = listed.Size ?? told,
            ModTime = response.Content.Headers.LastModified,
        };
    }

    private static VolumePath Named(string name) => name is "" or "." or ".." ? VolumePath.Root : VolumePath.Root.Combine(name.Replace('/', '\uFF0F'));
}
