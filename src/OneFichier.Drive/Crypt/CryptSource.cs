namespace OneFichier.Drive.Crypt;

/// <summary>A new file on its way in. It has one nonce, so that every attempt gives the same bytes.</summary>
internal sealed class CryptSource(NewFile file, CryptKeys keys, CryptErrors errors, byte[]? nonce)
{
    private Exception? _failure;

    public string Name { get; } = file.Path.ToString();

    public long Length => file.Length;

    /// <summary>The file as the volume inside is to store it.</summary>
    public NewFile Stored(VolumePath path) => nonce is null
        ? file with { Path = path }
        : new NewFile(path, CryptLayout.Encrypted(file.Length), OpenAsync) { ModTime = file.ModTime };

    /// <summary>Why it failed: what was wrong with the source, if something was, however the volume inside put it.</summary>
    public Exception Reason(Exception error) => _failure ?? errors.Plain(error, file.Path);

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        _failure = null;
        try
        {
            return new EncryptingStream(file, await file.OpenAsync(cancellationToken), keys, nonce!, Failed);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _failure = e;
            throw;
        }
    }

    private void Failed(Exception failure) => _failure = failure;
}
