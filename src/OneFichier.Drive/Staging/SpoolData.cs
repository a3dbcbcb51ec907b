using Microsoft.Win32.SafeHandles;

namespace OneFichier.Drive.Staging;

/// <summary>The content of a staged file, in the spool; open while somebody uses it.</summary>
internal sealed class SpoolData(string path) : IDisposable
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private int _users;

    public string Path => path;

    public SpoolLease Use()
    {
        lock (_gate)
        {
            _file ??= File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
            _users++;
            return new SpoolLease(this, _file);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (--_users > 0)
                return;
            _file?.Dispose();
            _file = null;
        }
    }

    /// <summary>What could not be written whole leaves nothing beyond the length the file has.</summary>
    public void Write(ReadOnlySpan<byte> bytes, long offset, long length)
    {
        using var lease = Use();
        try
        {
            RandomAccess.Write(lease.File, bytes, offset);
        }
        catch (IOException) when (offset + bytes.Length > length)
        {
            RandomAccess.SetLength(lease.File, Math.Max(0, Math.Min(RandomAccess.GetLength(lease.File), length)));
            throw;
        }
    }

    /// <summary>Makes it where nothing was written yet.</summary>
    public void Make() => Use().Dispose();

    public void CutTo(long length)
    {
        using var lease = Use();
        if (RandomAccess.GetLength(lease.File) > length)
            RandomAccess.SetLength(lease.File, length);
    }

    public void Flush()
    {
        using var lease = Use();
        RandomAccess.FlushToDisk(lease.File);
    }

    public void Delete() => File.Delete(path);

    public void Dispose() => _file?.Dispose();
}

/// <summary>Keeps it open.</summary>
internal sealed class SpoolLease(SpoolData data, SafeFileHandle file) : IDisposable
{
    private bool _released;

    public SafeFileHandle File => file;

    /// <summary>Reads; beyond the end there are zeros.</summary>
    public async ValueTask ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await RandomAccess.ReadAsync(file, buffer, offset, cancellationToken);
            if (read == 0)
            {
                buffer.Span.Clear();
                return;
            }

            (buffer, offset) = (buffer[read..], offset + read);
        }
    }

    public void Dispose()
    {
        if (!_released)
            data.Release();
        _released = true;
    }
}
