namespace OneFichier.Drive.Staging;

/// <summary>How one round of sending went.</summary>
/// <param name="Progress">Whether something was sent.</param>
/// <param name="Interrupted">Whether it was called off because something changed.</param>
/// <param name="Failure">Why something was not sent.</param>
internal sealed record RoundOutcome(bool Progress, bool Interrupted = false, Exception? Failure = null)
{
    public RoundOutcome And(RoundOutcome next) => new(Progress || next.Progress, Interrupted || next.Interrupted, Failure ?? next.Failure);
}
