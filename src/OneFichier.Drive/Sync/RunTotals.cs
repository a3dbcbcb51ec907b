namespace OneFichier.Drive.Sync;

/// <summary>How far a run is.</summary>
public sealed record RunTotals
{
    /// <summary>Files done, failed ones among them.</summary>
    public int FilesDone { get; init; }

    /// <summary>Files to transfer or copy.</summary>
    public int Files { get; init; }

    /// <summary>Bytes done, of files whole and under way.</summary>
    public long BytesDone { get; init; }

    /// <summary>Bytes to transfer.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes a second lately; zero when nothing moves.</summary>
    public double Rate { get; init; }

    /// <summary>Requests that are still to come, as far as can be told.</summary>
    public int RequestsLeft { get; init; }

    /// <summary>How long it has taken.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long it will take at the rate of late, and at the least what the budget of requests needs for those still to come; <see langword="null"/> while nothing can be told.
    /// </summary>
    public TimeSpan? Left { get; init; }
}
