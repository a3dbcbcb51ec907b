namespace UploadChild;

/// <summary>A calendar that shows one instant, as that of the test's sandbox does.</summary>
internal sealed class StandingTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
