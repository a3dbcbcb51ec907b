namespace OneFichier.Server.Tests.Jobs;

/// <summary>A clock that passes days in one step: every timer that fell due on the way fires once, after the step. It can be set back too, which fires nothing.</summary>
internal sealed class LeapingTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<LeapTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void LeapTo(DateTimeOffset moment)
    {
        List<LeapTimer> due;
        lock (_gate)
        {
            _elapsed += moment > _now ? moment - _now : TimeSpan.Zero;
            _now = moment;
            due = [.. _timers.Where(t => t.Due <= _elapsed)];
            due.ForEach(t => t.Due = t.Period > TimeSpan.Zero ? _elapsed + t.Period : null);
        }

        due.ForEach(t => t.Fire());
    }

    private sealed class LeapTimer(LeapingTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                (Due, Period) = (dueTime == Timeout.InfiniteTimeSpan ? null : time._elapsed + dueTime, period);
                time._timers.Remove(this);
                time._timers.Add(this);
                if (Due > time._elapsed)
                    return true;

                Due = Period > TimeSpan.Zero ? time._elapsed + Period : null;
            }

            if (dueTime != Timeout.InfiniteTimeSpan)
                ThreadPool.QueueUserWorkItem(_ => Fire());

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
