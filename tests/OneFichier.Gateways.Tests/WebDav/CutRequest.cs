using System.Net.Sockets;
using System.Text;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>A client that goes away in the middle of its request.</summary>
internal static class CutRequest
{
    /// <summary>Sends what there is, says that no more comes, and returns when the server has ended the connection, and so the request.</summary>
    public static async Task SendAsync(Uri server, string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.CopyToAsync(Stream.Null, limit.Token);
        }
        catch (IOException)
        {
            // A reset is an end like another.
        }
    }
}
