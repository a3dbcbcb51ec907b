namespace OneFichier.Drive.Staging;

/// <summary>The growing pauses between attempts.</summary>
internal sealed class Retry
{
    private int _failures;

    /// <summary>Why the last attempt failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When it may be tried again, by the steady clock.</summary>
    public long At { get; private set; }

    public void Failed(Exception reason, SpoolOptions options)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min(options.FirstPause.Ticks * Math.Pow(2, Math.Min(_failures++, 30)), options.LongestPause.Ticks));
        (Failure, At) = (reason, options.Time.GetTimestamp() + (long)(pause.TotalSeconds * options.Time.TimestampFrequency));
    }

    public void Succeeded() => (_failures, Failure, At) = (0, null, 0);

    /// <summary>The thing has changed: it may go better now.</summary>
    public void Forgive() => At = 0;
}
