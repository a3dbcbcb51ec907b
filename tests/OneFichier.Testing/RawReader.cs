using System.Text;

namespace OneFichier.Testing;

/// <summary>Reads requests off a connection: heads whole, bodies by length.</summary>
internal sealed class RawReader(Stream stream) : IDisposable
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;

    public async Task<string?> HeadAsync(CancellationToken cancellationToken)
    {
        int at;
        while ((at = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (await FillAsync(cancellationToken) == 0)
                return null;
        }

        var head = Encoding.UTF8.GetString(_buffer, _start, at);
        _start += at + 4;
        return head;
    }

    public async Task<(long Length, byte[] Kept)> BodyAsync(long length, bool keep, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        long read = 0;
        while (read < length)
        {
            if (_start == _end && await FillAsync(cancellationToken) == 0)
                break;
            var count = (int)Math.Min(_end - _start, length - read);
            if (keep)
                kept.Write(_buffer, _start, count);
            _start += count;
            read += count;
        }

        return (read, kept.ToArray());
    }

    public void Dispose() => stream.Dispose();

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read;
    }
}
