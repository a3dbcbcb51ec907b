namespace OneFichier.Sandbox;

/// <summary>The injected clock plus an offset that tests move forward.</summary>
internal sealed class VirtualClock(TimeProvider inner) : TimeProvider
{
    private long offset;

    public TimeProvider Inner { get; } = inner;

    public override DateTimeOffset GetUtcNow() => Inner.GetUtcNow().AddTicks(Interlocked.Read(ref offset));

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref offset, by.Ticks);
    }
}
