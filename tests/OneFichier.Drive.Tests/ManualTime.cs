namespace OneFichier.Drive.Tests;

/// <summary>A calendar that stands still until told otherwise. Timers run on the system's.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void Advance(int seconds) => Advance(TimeSpan.FromSeconds(seconds));
}
