namespace OneFichier.Drive.Staging;

/// <summary>Files that are being sent in this moment.</summary>
internal sealed class Sending(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _callOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SentFile> Files { get; } = [];

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

/// <summary>A file as it is sent.</summary>
/// <param name="File">The file.</param>
/// <param name="New">What is sent.</param>
internal sealed record SentFile(StagedFile File, NewFile New);
