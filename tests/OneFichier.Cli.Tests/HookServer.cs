using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneFichier.Cli.Tests;

/// <summary>Takes what webhooks and pings send.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<(string Path, string Body)> _seen = [];
    private readonly Task _serving;

    public HookServer()
    {
        _listener.Start();
        Url = $"http://{_listener.LocalEndpoint}/";
        _serving = ServeAsync();
    }

    public string Url { get; }

    public IReadOnlyList<(string Path, string Body)> Seen => _seen;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return;
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var path = (await reader.ReadLineAsync())!.Split(' ')[1];
        var length = 0;
        var isChunked = false;
        while (await reader.ReadLineAsync() is { Length: > 0 } header)
        {
            length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(header[15..]) : length;
            isChunked |= header.StartsWith("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        }

        var body = new StringBuilder();
        do
        {
            length = isChunked ? Convert.ToInt32(await reader.ReadLineAsync(), 16) : length;
            var part = new char[length];
            if (length > 0)
                await reader.ReadBlockAsync(part);
            body.Append(part);
            if (isChunked)
                await reader.ReadLineAsync();
        }
        while (isChunked && length > 0);

        _seen.Add((path, body.ToString()));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
    }
}
