namespace DownloadChild;

/// <summary>Lets so many bytes pass and none after them.</summary>
internal sealed class Wall(long bytes)
{
    private long _passed;

    public async ValueTask PassAsync(int count, CancellationToken stop)
    {
        if (Interlocked.Add(ref _passed, count) >= bytes)
            await new TaskCompletionSource().Task.WaitAsync(stop);
    }
}
