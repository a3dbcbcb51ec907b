using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace OneFichier.Sandbox.Network;

/// <summary>
/// A proxy for CONNECT to the service's hosts and for nothing else. Once it has agreed, the connection goes on into the
/// sandbox's own TLS listener.
/// </summary>
internal static class ConnectProxy
{
    private const int HeadLimit = 16 * 1024;

    public static ConnectionDelegate Middleware(ConnectionDelegate next) => async connection =>
    {
        if (await ReadHeadAsync(connection) is not { } head)
            return;
        if (!Allows(head))
        {
            await AnswerAsync(connection, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        await AnswerAsync(connection, "HTTP/1.1 200 Connection established\r\n\r\n");
        await next(connection);
    };

    private static bool Allows(string head) =>
        head.Split("\r\n", 2)[0].Split(' ') is ["CONNECT", var target, _]
        && target.Split(':') is [var host, "443"]
        && Links.IsServiceHost(host);

    private static async Task<string?> ReadHeadAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(connection.ConnectionClosed);
            if (End(read.Buffer) is { } end)
            {
                var head = Encoding.ASCII.GetString(read.Buffer.Slice(0, end));
                input.AdvanceTo(end);
                return head;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > HeadLimit)
                return null;
        }
    }

    private static SequencePosition? End(ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8) ? reader.Position : null;
    }

    private static async Task AnswerAsync(ConnectionContext connection, string text) =>
        await connection.Transport.Output.WriteAsync(Encoding.ASCII.GetBytes(text), connection.ConnectionClosed);
}
