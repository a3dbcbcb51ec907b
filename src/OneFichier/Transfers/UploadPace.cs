namespace OneFichier.Transfers;

/// <summary>Says early when a session cannot end within the time the service allows (1fichier-api §2).</summary>
internal sealed class UploadPace(long total, TimeProvider time, Action<string> notice)
{
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(30);

    private readonly long _start = time.GetTimestamp();
    private long _done;
    private bool _said;

    public void Advance(long bytes)
    {
        _done += bytes;
        var elapsed = time.GetElapsedTime(_start);
        if (_said || elapsed < Trial || _done >= total)
        {
            return;
        }

        var needed = elapsed * ((double)total / _done);
        if (needed > UploadLimits.Duration)
        {
            _said = true;
            notice($"At the present rate this upload takes {needed.TotalHours:0.#} hours; the service ends a session after {UploadLimits.Duration.TotalHours:0}. "
                + "Stop other transfers, or split the file.");
        }
    }
}
