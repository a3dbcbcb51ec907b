namespace OneFichier.Drive.Sync;

/// <summary>
/// What may pass in one direction. Bytes are paid for after they passed, so the bucket may be in debt; what is saved up is a quarter of a second at most, enough to make up for timers that
/// fire late. All but <see cref="TakeTurnAsync"/> belongs to who has the turn.
/// </summary>
internal sealed class TokenBucket(TimeProvider time, SemaphoreSlim turn)
{
    private const double SavedSeconds = 0.25;
    private const double LongestSeconds = 3600;

    private double _tokens;
    private long _filled = time.GetTimestamp();

    public async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    public void Pay(int bytes, long? rate)
    {
        Fill(rate);
        _tokens -= rate is null ? 0 : bytes;
    }

    /// <summary>How long until nothing is owed, at that rate; in whole milliseconds, below which timers do not wait at all.</summary>
    public TimeSpan Debt(long? rate)
    {
        Fill(rate);
        return rate is null || _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(-_tokens / rate.Value, LongestSeconds) * 1000));
    }

    private void Fill(long? rate)
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_filled, now).TotalSeconds;
        _filled = now;
        _tokens = rate is { } perSecond ? Math.Min(_tokens + (seconds * perSecond), perSecond * SavedSeconds) : 0;
    }

    public readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
