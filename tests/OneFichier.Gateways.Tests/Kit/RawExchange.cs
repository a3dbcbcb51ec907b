using System.Net.Sockets;
using System.Text;

namespace OneFichier.Gateways.Tests.Kit;

/// <summary>A request written byte by byte, for what no client would send.</summary>
public static class RawExchange
{
    /// <summary>Sends the text in Latin-1 and reads to the end of the connection; whoever wants an end sends <c>Connection: close</c>.</summary>
    public static async Task<string> SendAsync(Uri server, string request, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        }
        catch (IOException)
        {
            // Whoever is not wanted may be cut before having said anything; what was answered can still be read.
        }

        return await ReadAsync(stream, limit.Token);
    }

    /// <summary>The status of the first answer in a raw exchange; zero when the connection was closed without one.</summary>
    public static int StatusOf(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3)) : 0;

    /// <summary>How many answers there were.</summary>
    public static int AnswersIn(string answer) => answer.Split("HTTP/1.1 ").Length - 1;

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, cancellationToken);
        }
        catch (IOException)
        {
            // A reset after the answer is an end like another.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
