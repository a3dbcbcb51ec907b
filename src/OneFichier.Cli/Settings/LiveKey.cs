using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Settings;

/// <summary>The key of an account in a program that runs on: read again when the file that tells of it was replaced, and when the service refuses it. What cannot be read leaves the key as it was.</summary>
/// <param name="first">The key at the start.</param>
/// <param name="file">The file that is replaced whenever the key is.</param>
/// <param name="read">Reads the key anew.</param>
internal sealed class LiveKey(ApiKey first, string file, Func<CancellationToken, Task<ApiKey?>> read) : IKeySource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Known _known = new(first, StampOf(file));

    public async ValueTask<ApiKey?> GetAsync(ApiKey? refused, CancellationToken cancellationToken = default)
    {
        var known = _known;
        if (refused is null && known.Stamp == StampOf(file))
            return known.Key;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Of many calls that are refused at once, one looks.
            if (refused is null || _known.Key.Equals(refused))
                _known = await ReadAsync(StampOf(file), cancellationToken);
            return _known.Key;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<Known> ReadAsync((DateTime Written, long Length) stamp, CancellationToken cancellationToken)
    {
        try
        {
            return new Known(await read(cancellationToken) ?? _known.Key, stamp);
        }
        catch (Exception e) when (e is FichierKeyException or CliException or IOException or UnauthorizedAccessException)
        {
            return _known;
        }
    }

    private static (DateTime Written, long Length) StampOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private sealed record Known(ApiKey Key, (DateTime Written, long Length) Stamp);
}
