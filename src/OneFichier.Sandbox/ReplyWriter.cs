using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox;

/// <summary>Sends replies, doing to them what faults ask.</summary>
internal static class ReplyWriter
{
    private const int Pieces = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task SendAsync(Exchange exchange, Reply reply)
    {
        try
        {
            if (exchange.Fault == FaultKind.CutAfter)
                exchange.Context.Abort();
            else
                await SendHeadAndBodyAsync(exchange, reply);
        }
        finally
        {
            reply.Done?.Invoke();
        }
    }

    private static async Task SendHeadAndBodyAsync(Exchange exchange, Reply reply)
    {
        var response = exchange.Context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.Server = "nginx";
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;
        if (reply.Content is not null)
            await SendContentAsync(exchange, reply);
        else
            await SendBytesAsync(exchange, Compressed(exchange, reply));
    }

    private static byte[] Compressed(Exchange exchange, Reply reply)
    {
        var json = reply.ContentType.StartsWith("application/json", StringComparison.Ordinal);
        var accepted = exchange.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (!json || !exchange.World.Behaviours.Gzip)
            return reply.Bytes;
        exchange.Context.Response.Headers.Vary = "Accept-Encoding";
        if (!accepted)
            return reply.Bytes;
        exchange.Context.Response.Headers.ContentEncoding = "gzip";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(reply.Bytes);
        return packed.ToArray();
    }

    private static async Task SendBytesAsync(Exchange exchange, byte[] bytes)
    {
        exchange.Context.Response.ContentLength = bytes.Length;
        using var source = new MemoryStream(bytes, writable: false);
        await CopyAsync(exchange, source, bytes.Length, 0);
    }

    private static async Task SendContentAsync(Exchange exchange, Reply reply)
    {
        var length = exchange.Fault == FaultKind.Short ? Math.Max(0, reply.Length - 1) : reply.Length;
        exchange.Context.Response.ContentLength = exchange.Fault == FaultKind.Long ? length + 1 : length;
        using var source = reply.Content!.Open(reply.Offset);
        await CopyAsync(exchange, source, length, exchange.Fault == FaultKind.Corrupt ? length / 2 : -1);
        if (exchange.Fault == FaultKind.Long && !HttpMethods.IsHead(exchange.Request.Method))
            await exchange.Context.Response.BodyWriter.WriteAsync(new byte[] { (byte)'!' }, exchange.Aborted);
    }

    private static async Task CopyAsync(Exchange exchange, Stream source, long length, long corruptAt)
    {
        if (HttpMethods.IsHead(exchange.Request.Method))
            return;
        var fault = exchange.Fault;
        var limit = fault == FaultKind.Half ? length / 2 : length;
        var piece = fault == FaultKind.Slow ? Math.Max(1, length / Pieces) : 128 * 1024;
        var corrupts = fault == FaultKind.Corrupt;
        var writer = exchange.Context.Response.BodyWriter;
        for (long sent = 0; sent < limit;)
        {
            if (fault == FaultKind.Slow)
                await Task.Delay(Pause, exchange.World.Clock.Inner, exchange.Aborted);
            var memory = writer.GetMemory((int)Math.Min(128 * 1024, Math.Min(piece, limit - sent)));
            var count = source.Read(memory.Span[..(int)Math.Min(memory.Length, Math.Min(piece, limit - sent))]);
            if (count == 0)
                break;
            if (corrupts && corruptAt >= sent && corruptAt < sent + count)
                memory.Span[(int)(corruptAt - sent)] ^= 0x20;
            writer.Advance(count);
            sent += count;
            await writer.FlushAsync(exchange.Aborted);
        }
    }
}
