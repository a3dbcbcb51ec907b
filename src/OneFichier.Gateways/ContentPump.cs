using System.IO.Pipelines;

namespace OneFichier.Gateways;

/// <summary>Brings content to the client without a buffer of its own: it is read right into what goes out, a piece at a time, and no faster than the client takes it.</summary>
internal static class ContentPump
{
    private const int Piece = 512 << 10;

    /// <summary>Sends exactly so many bytes.</summary>
    /// <exception cref="EndOfStreamException">The content ended before.</exception>
    public static async Task SendAsync(Stream content, PipeWriter target, long length, CancellationToken cancellationToken)
    {
        for (var left = length; left > 0;)
        {
            var room = target.GetMemory(Piece);
            var read = await content.ReadAsync(room[..(int)Math.Min(room.Length, left)], cancellationToken);
            if (read == 0)
                throw new EndOfStreamException("The content is shorter than it was said to be.");
            target.Advance(read);
            left -= read;
            if ((await target.FlushAsync(cancellationToken)).IsCompleted)
                return;
        }
    }
}
