using System.Text;

namespace OneFichier.Testing;

/// <summary>Some server on this machine that files are fetched from.</summary>
public sealed class Origin : IAsyncDisposable
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly RawServer _server;

    /// <summary>Starts it.</summary>
    public Origin() => _server = new RawServer(Answer);

    /// <summary>Whether it tells the length of what it sends.</summary>
    public bool TellsLength { get; set; } = true;

    /// <summary>Whether it refuses HEAD, as links that are signed for GET do.</summary>
    public bool RefusesHead { get; set; }

    /// <summary>The size it states to HEAD, where that is another than what it sends.</summary>
    public long? Claims { get; set; }

    /// <summary>What was asked.</summary>
    public IReadOnlyList<RawRequest> Requests => _server.Requests;

    /// <summary>Puts a file on it.</summary>
    /// <returns>Its address.</returns>
    public string Add(string path, string content)
    {
        _files["/" + path] = Encoding.UTF8.GetBytes(content);
        return $"http://{_server.Authority}/{path}";
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private RawReply Answer(RawRequest request)
    {
        var isHead = request.Head.StartsWith("HEAD", StringComparison.Ordinal);
        if (!_files.TryGetValue(request.Path, out var content) || (isHead && RefusesHead))
            return Reply("403 Forbidden", "Content-Length: 0", []);
        if (isHead)
            return Reply("200 OK", $"Content-Length: {Claims ?? content.Length}", []);
        if (request.Header("Range") == "bytes=0-0")
            return Reply("206 Partial Content", $"Content-Range: bytes 0-0/{content.Length}\r\nContent-Length: 1", content[..1]);
        return TellsLength
            ? Reply("200 OK", $"Content-Length: {content.Length}", content)
            : Reply("200 OK", "Transfer-Encoding: chunked", [.. Encoding.ASCII.GetBytes($"{content.Length:x}\r\n"), .. content, .. "\r\n0\r\n\r\n"u8]);
    }

    private static RawReply Reply(string status, string headers, byte[] body) => new([.. Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\n\r\n"), .. body]);
}
