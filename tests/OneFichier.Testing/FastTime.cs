namespace OneFichier.Testing;

/// <summary>
/// A clock that runs a number of times faster than the real one, for a client and a sandbox together: waits of minutes pass in moments, in their right order and
/// proportion. It is as exact as the machine is quick, so a test on it asks what happened, never how long it took; and limits that must not strike by themselves
/// (<see cref="FichierOptions.CallTimeout"/>, <see cref="FichierOptions.StallTimeout"/>) are set to weeks, as <see cref="Stage"/> does.
/// </summary>
/// <param name="factor">How many seconds pass in a real one.</param>
public sealed class FastTime(double factor = 100) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly long _begin = System.GetTimestamp();
    private long _skipped;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => (long)(System.GetElapsedTime(_begin).Ticks * factor);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp() + Interlocked.Read(ref _skipped));

    /// <summary>Moves the calendar on at once. Timers and the steady clock do not notice.</summary>
    public void Skip(TimeSpan by) => Interlocked.Add(ref _skipped, by.Ticks);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(this, System.CreateTimer(callback, state, Real(dueTime), Real(period)));

    private TimeSpan Real(TimeSpan span) =>
        span <= TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / factor));

    private sealed class FastTimer(FastTime time, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
