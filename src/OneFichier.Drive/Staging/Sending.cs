namespace OneFichier.Drive.Staging;

/// <summary>Files that are being sent in this moment.</summary>
internal sealed class Sending(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _callOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SentFile> Files { get; } = [];

    /// <summary>Those of which it is not known whether they are stored, or will be.</summary>
    public HashSet<SentFile> Unknown { get; } = [];

    public CancellationToken Token => _callOff.Token;

    public async Task CallOffAsync()
    {
        try
        {
            await _callOff.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }

        await _ended.Task;
    }

    public void Ended() => _ended.TrySetResult();

    public void Dispose() => _callOff.Dispose();
}

/// <summary>A file that can be sent as it is.</summary>
/// <param name="File">The file.</param>
/// <param name="Version">Which state of it.</param>
/// <param name="Path">Where room is made for it.</param>
internal sealed record Prepared(StagedFile File, long Version, VolumePath Path)
{
    /// <summary>What is stored there, when that is the very content already.</summary>
    public Entry? Stored { get; init; }

    /// <summary>Whether it still is what was prepared, and where. The overlay's gate is held.</summary>
    public bool IsReady => File is { Dirty: true, Writers: 0, Node: { } node, IsWhole: true } && File.Version == Version && node.Path == Path;
}

/// <summary>A file as it is sent.</summary>
/// <param name="File">The file.</param>
/// <param name="New">What is sent.</param>
internal sealed record SentFile(StagedFile File, NewFile New)
{
    public static SentFile Of(StagedFile file, VolumePath path) => new(file, new NewFile(path, file.Length, _ => new ValueTask<Stream>(new SpoolStream(file, file.Length)))
    {
        ModTime = file.ModTime,
        Checksum = file.Checksum,
    });
}
