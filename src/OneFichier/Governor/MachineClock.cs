namespace OneFichier.Governor;

/// <summary>The reading of a clock that all processes of one boot share, with what it takes to compare it with one of an earlier boot.</summary>
internal sealed record MachineClock(string Boot, TimeSpan Elapsed, DateTimeOffset Wall)
{
    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    public static string ThisBoot { get; } = File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : "";

    public static MachineClock Read(TimeProvider time, string boot) =>
        new(boot, time.GetElapsedTime(0, time.GetTimestamp()), time.GetUtcNow());

    public BudgetInstant Instant => new(Elapsed, Wall);

    /// <summary>Whether the steady clock began anew since the earlier reading.</summary>
    public bool BeganAnewSince(MachineClock earlier) => Boot != earlier.Boot || Elapsed < earlier.Elapsed;

    /// <summary>What to add to times of an earlier boot. A calendar that went back counts as no time passed, so that nothing is forgotten too soon.</summary>
    public TimeSpan OffsetFrom(MachineClock earlier)
    {
        var away = Wall > earlier.Wall ? Wall - earlier.Wall : TimeSpan.Zero;
        return Elapsed - (earlier.Elapsed + away);
    }
}
