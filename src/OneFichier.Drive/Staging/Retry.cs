namespace OneFichier.Drive.Staging;

/// <summary>The growing pauses between attempts.</summary>
internal sealed class Retry
{
    private int _failures;

    /// <summary>Why the last attempt failed.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>When it may be tried again, by the steady clock.</summary>
    public long At { get; private set; }

    /// <summary>Whether it is only looked at again, after no failure.</summary>
    public bool IsLook => Failure is null && At > 0;

    public void Failed(Exception reason, SpoolOptions options) => Pause(reason, options);

    /// <summary>It went well as far as can be told, and is looked at again.</summary>
    public void LookAgain(SpoolOptions options) => Pause(null, options);

    public void Succeeded() => (_failures, Failure, At) = (0, null, 0);

    /// <summary>The thing has changed: it may go better now.</summary>
    public void Forgive() => At = 0;

    private void Pause(Exception? reason, SpoolOptions options)
    {
        var pause = TimeSpan.FromTicks((long)Math.Min(options.FirstPause.Ticks * Math.Pow(2, Math.Min(_failures++, 30)), options.LongestPause.Ticks));
        (Failure, At) = (reason, options.Time.GetTimestamp() + (long)(pause.TotalSeconds * options.Time.TimestampFrequency));
    }
}
