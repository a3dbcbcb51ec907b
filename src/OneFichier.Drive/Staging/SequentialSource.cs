namespace OneFichier.Drive.Staging;

/// <summary>Reads parts of a stored file through one stream, which goes on where the last read ended.</summary>
internal sealed class SequentialSource : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Stream? _stream;
    private VolumePath _path;
    private long _at;

    public async ValueTask ReadAsync(IVolume volume, VolumePath path, Entry stored, (Memory<byte> Buffer, long Offset) part, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_stream is null || _at != part.Offset || _path != path)
            {
                await CloseAsync();
                if (await volume.FindAsync(path, cancellationToken) is not { IsFolder: false } now || now.Size != stored.Size || now.Id != stored.Id)
                    throw new IOException($"What was stored at '{path}' is another file now.");
                _stream = await volume.OpenAsync(path, new ByteRange(part.Offset, stored.Size - part.Offset), cancellationToken);
                (_path, _at) = (path, part.Offset);
            }

            await _stream.ReadExactlyAsync(part.Buffer, cancellationToken);
            _at += part.Buffer.Length;
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _turn.Dispose();
    }

    public async ValueTask CloseAsync()
    {
        if (_stream is not null)
            await _stream.DisposeAsync();
        _stream = null;
    }
}
