using OneFichier.Server.Leaks;

namespace OneFichier.Cli.Commands;

internal sealed record ScanShape(IReadOnlyList<LeakShape> Findings, ScannedShape Scanned, IReadOnlyList<UnreadShape> Unreadable)
{
    public static ScanShape Of(IEnumerable<FoundLeak> found, LeakTally tally) =>
        new([.. found.Select(LeakShape.Of)], new ScannedShape(tally.Files, tally.Objects, tally.Bytes), [.. tally.Unreadable.Select(u => new UnreadShape(u.Path, u.Reason))]);
}

internal sealed record LeakShape(string Path, int Line, int Column, string Key, string Fingerprint, string Confidence, string Why, string Place, string? Commit, DateTimeOffset? Committed, bool Ignored)
{
    public static LeakShape Of(FoundLeak f) => new(
        f.Path, f.Leak.Line, f.Leak.Column, f.Leak.Key, f.Leak.Fingerprint, f.Leak.Confidence.ToString().ToLowerInvariant(), f.Leak.Why, f.Place.ToString().ToLowerInvariant(), f.Commit, f.Committed, f.IsIgnored);
}

internal sealed record ScannedShape(int Files, int Objects, long Bytes);

internal sealed record UnreadShape(string Path, string Reason);
