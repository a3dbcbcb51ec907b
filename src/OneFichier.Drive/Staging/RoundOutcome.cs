namespace OneFichier.Drive.Staging;

/// <summary>How one round of sending went.</summary>
/// <param name="Progress">Whether something was sent.</param>
/// <param name="Interrupted">Whether it was called off because something changed.</param>
/// <param name="Failure">Why something was not sent.</param>
internal sealed record RoundOutcome(bool Progress, bool Interrupted = false, Exception? Failure = null)
{
    public static RoundOutcome Nothing { get; } = new(false);

    /// <summary>Whether large files are still on their way.</summary>
    public bool Busy { get; init; }

    /// <summary>Whether there is nothing to go on with at once, and nothing to wait for.</summary>
    public bool IsEnd => this is { Progress: false, Interrupted: false, Busy: false };

    public RoundOutcome And(RoundOutcome next) => new(Progress || next.Progress, Interrupted || next.Interrupted, Failure ?? next.Failure) { Busy = Busy || next.Busy };
}
