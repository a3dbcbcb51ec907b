namespace OneFichier.Drive.Crypt;

/// <summary>A new file on its way in.</summary>
/// <param name="file">The file.</param>
/// <param name="keys">The keys.</param>
/// <param name="errors">Says errors in plain words.</param>
/// <param name="attempts">What its attempts share; <see langword="null"/> when content is not encrypted.</param>
internal sealed class CryptSource(NewFile file, CryptKeys keys, CryptErrors errors, CryptAttempts? attempts)
{
    public string Name { get; } = file.Path.ToString();

    public long Length => file.Length;

    /// <summary>The file as the volume inside is to store it.</summary>
    public NewFile Stored(VolumePath path) => attempts is null
        ? file with { Path = path }
        : new NewFile(path, CryptLayout.Encrypted(file.Length), cancel => OpenAsync(attempts, cancel)) { ModTime = file.ModTime };

    /// <summary>Why it failed: what was wrong with the source, if something was, however the volume inside put it.</summary>
    public Exception Reason(Exception error) => attempts?.Failure ?? errors.Plain(error, file.Path);

    private async ValueTask<Stream> OpenAsync(CryptAttempts shared, CancellationToken cancellationToken)
    {
        shared.Failure = null;
        try
        {
            return new EncryptingStream(file, await file.OpenAsync(cancellationToken), keys, shared);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            shared.Failure = e;
            throw;
        }
    }
}
