using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Local;

/// <summary>Reads a part of a file once, from front to back, and gives exactly that many bytes. Of a whole file it gives the last of them only if the file did not change meanwhile.</summary>
internal sealed class DiskStream(SafeFileHandle handle, VolumePath path, long offset, long length, DiskStamp? stamp) : Stream
{
    private long _at = offset;
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The stream is read once, from front to back.");

    public override long Position
    {
        get => throw new NotSupportedException("The stream is read once, from front to back.");
        set => throw new NotSupportedException("The stream is read once, from front to back.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        return Checked(wanted, wanted == 0 ? 0 : await RandomAccess.ReadAsync(handle, buffer[..wanted], _at, cancellationToken), buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        return Checked(wanted, wanted == 0 ? 0 : RandomAccess.Read(handle, buffer[..wanted], _at), buffer.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream is read once, from front to back.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is read only.");

    protected override void Dispose(bool disposing)
    {
        handle.Dispose();
        base.Dispose(disposing);
    }

    private int Checked(int wanted, int read, int room)
    {
        if (read == 0 && wanted > 0)
            throw new FichierSourceException(path.ToString(), "became shorter while it was being read");
        _at += read;
        _left -= read;
        if (_left == 0 && room > 0 && stamp is not null && DiskStamp.Of(handle) != stamp)
            throw new FichierSourceException(path.ToString(), "was changed while it was being read");
        return read;
    }
}

/// <summary>What changes when a file is written to.</summary>
internal sealed record DiskStamp(long Size, DateTime ModTime)
{
    public static DiskStamp Of(SafeFileHandle handle) => new(RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));

    public bool IsOf(Entry listed) => listed.Size == Size && (listed.ModTime is not { } time || time.UtcDateTime == ModTime);
}
