namespace OneFichier.Drive.Sync;

/// <summary>
/// Adds up how far a run is: files, bytes, a smoothed rate, the time left. Not for use by several threads at once.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="requestTime">How long that many more requests take at the least, with waits and locks.</param>
public sealed class RunProgress(TimeProvider time, Func<int, TimeSpan>? requestTime = null)
{
    private static readonly TimeSpan s_smoothing = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_sample = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(36_500);

    private readonly Dictionary<VolumePath, long> _underWay = [];
    private readonly long _start = time.GetTimestamp();
    private long _sampled = time.GetTimestamp();
    private long _sinceSample;
    private double _rate;
    private double _weight;
    private int _filesDone;
    private long _bytesDone;

    /// <summary>Files to transfer or copy.</summary>
    public int Files { get; set; }

    /// <summary>Bytes to transfer.</summary>
    public long Bytes { get; set; }

    /// <summary>Requests that are still to come.</summary>
    public int RequestsLeft { get; set; }

    /// <summary>How far it is now.</summary>
    public RunTotals Totals
    {
        get
        {
            Sample();
            var done = _bytesDone + _underWay.Values.Sum();
            return new RunTotals
            {
                Files = Files,
                FilesDone = _filesDone,
                Bytes = Bytes,
                BytesDone = done,
                Rate = _rate,
                RequestsLeft = RequestsLeft,
                Elapsed = time.GetElapsedTime(_start),
                Left = Left(Bytes - done),
            };
        }
    }

    /// <summary>Bytes have passed: they count for the rate, whatever becomes of them.</summary>
    public void Passed(long bytes)
    {
        Sample();
        _sinceSample += bytes;
    }

    /// <summary>So many bytes of a file are done; may be less than before when it is tried again.</summary>
    public void Advance(VolumePath file, long done) => _underWay[file] = done;

    /// <summary>A file is done; one that failed counts as well, for nothing more is to be done about it.</summary>
    public void End(VolumePath file, long size)
    {
        _underWay.Remove(file);
        _filesDone++;
        _bytesDone += size;
    }

    private TimeSpan? Left(long bytes)
    {
        var byBytes = bytes <= 0 ? TimeSpan.Zero : _rate > 0 ? Seconds(bytes / _rate) : (TimeSpan?)null;
        var byRequests = RequestsLeft > 0 ? requestTime?.Invoke(RequestsLeft) : TimeSpan.Zero;
        return byBytes is null ? null : byRequests > byBytes ? byRequests : byBytes;
    }

    private static TimeSpan Seconds(double seconds) => seconds < s_longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longest;

    /// <summary>
    /// An average in which what is older counts less and less. The weight corrects it while it is young: without, the first seconds would show too little.
    /// </summary>
    private void Sample()
    {
        var elapsed = time.GetElapsedTime(_sampled);
        if (elapsed < s_sample)
            return;

        var keep = Math.Exp(-elapsed / s_smoothing);
        var sum = (_rate * _weight * keep) + (_sinceSample / elapsed.TotalSeconds * (1 - keep));
        _weight = (_weight * keep) + 1 - keep;
        (_rate, _sampled, _sinceSample) = (sum / _weight, time.GetTimestamp(), 0);
    }
}
