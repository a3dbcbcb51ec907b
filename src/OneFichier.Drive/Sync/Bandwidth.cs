namespace OneFichier.Drive.Sync;

/// <summary>
/// Holds transfers back to a bandwidth limit: one for all streams that share an instance, in the order they come. What a timetable says is looked up as time passes, in the local zone of the clock.
/// </summary>
public sealed class Bandwidth
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(1);

    private readonly BandwidthTimetable _timetable;
    private readonly TimeProvider _time;
    private readonly TokenBucket _up;
    private readonly TokenBucket _down;

    /// <summary>A limit by a timetable.</summary>
    public Bandwidth(BandwidthTimetable timetable, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(timetable);
        (_timetable, _time) = (timetable, time ?? TimeProvider.System);
        (_up, _down) = (new TokenBucket(_time, new SemaphoreSlim(1, 1)), new TokenBucket(_time, new SemaphoreSlim(1, 1)));
    }

    /// <summary>The limit that holds now.</summary>
    public BandwidthLimit Now => _timetable.At(_time.GetLocalNow());

    /// <summary>
    /// Pays for bytes that have passed, and returns when the next may: awaited after each read, it keeps the rate whatever the size of the reads. Those who ask at the same time are served in turn.
    /// </summary>
    public async ValueTask PassedAsync(BandwidthDirection direction, int bytes, CancellationToken cancellationToken = default)
    {
        var bucket = direction == BandwidthDirection.Up ? _up : _down;
        using var turn = await bucket.TakeTurnAsync(cancellationToken);
        bucket.Pay(bytes, Now.Of(direction));
        while (bucket.Debt(Now.Of(direction)) is var debt && debt > TimeSpan.Zero)
            await Task.Delay(debt < s_longestSleep ? debt : s_longestSleep, _time, cancellationToken);
    }

    /// <summary>How many bytes should be read at once, so that no stream of several stands still for long.</summary>
    public int Piece(BandwidthDirection direction) => Now.Of(direction) is { } rate ? (int)Math.Clamp(rate / 8, 512, 1 << 20) : int.MaxValue;

    /// <summary>A stream that is read no faster than this allows. Disposing of it disposes of the one inside.</summary>
    public Stream Throttle(Stream stream, BandwidthDirection direction)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new ThrottledStream(stream, (bytes, stop) => PassedAsync(direction, bytes, stop)) { Piece = () => Piece(direction) };
    }
}
