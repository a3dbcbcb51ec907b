namespace OneFichier.Drive.Sync;

/// <summary>When a run ends although there is more to do. What is done by then stays done.</summary>
public sealed record RunLimits
{
    /// <summary>No limits.</summary>
    public static RunLimits None { get; } = new();

    /// <summary>Bytes to transfer at most (<c>--max-transfer</c>); <see langword="null"/> for no limit.</summary>
    public long? MaxTransfer { get; init; }

    /// <summary>How long to go on at most (<c>--max-duration</c>); <see langword="null"/> for no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>What happens to the transfers under way when a limit is reached (<c>--cutoff-mode</c>).</summary>
    public CutoffMode Cutoff { get; init; } = CutoffMode.Hard;
}

/// <summary>What happens to the transfers under way when a limit is reached.</summary>
public enum CutoffMode
{
    /// <summary>They are broken off.</summary>
    Hard,

    /// <summary>They are finished; no other is started.</summary>
    Soft,

    /// <summary>As soft; and a file that would not fit into what is left of the bytes is not started, so that the limit is never passed. Smaller ones may still go.</summary>
    Cautious,
}

/// <summary>A limit of a run.</summary>
public enum RunLimit
{
    /// <summary>None.</summary>
    None,

    /// <summary><see cref="RunLimits.MaxTransfer"/>.</summary>
    Transfer,

    /// <summary><see cref="RunLimits.MaxDuration"/>.</summary>
    Duration,
}
