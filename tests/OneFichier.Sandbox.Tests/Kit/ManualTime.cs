namespace OneFichier.Sandbox.Tests.Kit;

/// <summary>A clock that stands still until it is told otherwise.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;

    public ManualTime()
        : this(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;

    public void Seconds(double seconds) => Advance(TimeSpan.FromSeconds(seconds));
}
