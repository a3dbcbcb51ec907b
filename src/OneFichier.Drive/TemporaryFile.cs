namespace OneFichier.Drive;

/// <summary>A file in TMPDIR for what has to be whole before it can be sent. Its owner alone can read it, and it is gone with this object. It can be opened any number of times.</summary>
public sealed class TemporaryFile : IAsyncDisposable
{
    private readonly FileStream _file;

    /// <summary>Makes an empty one.</summary>
    /// <exception cref="IOException">TMPDIR cannot be written to.</exception>
    public TemporaryFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(Path.Combine(Path.GetTempPath(), $"fichier-{Guid.NewGuid():N}"), options);
    }

    /// <summary>How much was written.</summary>
    public long Length => _file.Length;

    /// <summary>Adds to its end.</summary>
    /// <param name="content">What to add.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _file.WriteAsync(content, cancellationToken);

    /// <summary>Opens what was written, from its beginning.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream>(new FileStream(_file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.Asynchronous));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
