using System.Net.Sockets;
using System.Text;

namespace OneFichier.Sandbox.Tests.Kit;

/// <summary>Bytes on a socket, for what no HTTP library would send.</summary>
public static class RawConnection
{
    /// <summary>Sends bytes as they are and gives all that comes back; ends its own side first when told to.</summary>
    public static async Task<string> ExchangeAsync(Uri server, byte[] request, bool breakOff = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);
            if (breakOff)
                socket.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Reset by the server: what came before counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    public static byte[] Request(string firstLine, string headers, string body = "") =>
        Encoding.UTF8.GetBytes($"{firstLine} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n{body}");
}
