namespace OneFichier.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers, and so <c>Task.Delay(…, time, …)</c>, fire in order while it moves; <see cref="RunAsync(Task)"/> plays work that waits
/// for timers from one to the next, so no test sleeps. Steady and calendar time move together, except by <see cref="SetWall"/>.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _elapsed = TimeSpan.FromHours(10);
    private DateTimeOffset _wall;
    private long _sequence;

    /// <summary>Starts in the summer of 2026, or whenever is given.</summary>
    public ManualTime(DateTimeOffset? wall = null) => _wall = wall ?? new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The steady time, from an arbitrary start.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _wall;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves both clocks on, firing what falls due on the way, each at its moment.</summary>
    public void Advance(TimeSpan by)
    {
        var target = Elapsed + by;
        while (Take(target) is { } due)
            due.Fire();
    }

    /// <summary>Sets the calendar, forth or back; the steady clock and the timers do not notice.</summary>
    public void SetWall(DateTimeOffset wall)
    {
        lock (_gate)
        {
            _wall = wall;
        }
    }

    /// <summary>Begins the steady clock anew, as a restart of the machine does. The calendar stays.</summary>
    public void Restart(TimeSpan elapsed)
    {
        lock (_gate)
        {
            _elapsed = elapsed;
        }
    }

    /// <summary>Moves to the next timer and fires it, again and again, until the work is done. Where several things run side by side, the clock waits for none of them.</summary>
    /// <exception cref="TimeoutException">The work neither ends nor waits for a timer, for five minutes of real time.</exception>
    public async Task RunAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, TimerSetAsync()).WaitAsync(s_hang, System);
            if (!work.IsCompleted && Take(null) is { } due)
                due.Fire();
        }

        await work;
    }

    /// <summary>As <see cref="RunAsync(Task)"/>, and gives the result.</summary>
    public async Task<T> RunAsync<T>(Task<T> work)
    {
        await RunAsync((Task)work);
        return await work;
    }

    /// <summary>Ends as soon as a timer is set: whoever was running waits for the clock now.</summary>
    public Task TimerSetAsync()
    {
        lock (_gate)
        {
            if (_timers.Exists(t => t.Due is not null))
                return Task.CompletedTask;
            if (_timerSet.Task.IsCompleted)
                _timerSet = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _timerSet.Task;
        }
    }

    private void Set(ManualTimer timer, TimeSpan due, TimeSpan period)
    {
        lock (_gate)
        {
            timer.Due = due == Timeout.InfiniteTimeSpan ? null : _elapsed + due;
            timer.Period = period;
            timer.Sequence = _sequence++;
            if (!_timers.Contains(timer))
                _timers.Add(timer);
            if (timer.Due is not null)
                _timerSet.TrySetResult();
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>Moves to the next timer due, up to the target, and takes it; without one moves to the target.</summary>
    private ManualTimer? Take(TimeSpan? target)
    {
        lock (_gate)
        {
            var next = _timers.Where(t => t.Due is not null && (target is null || t.Due <= target)).OrderBy(t => t.Due).ThenBy(t => t.Sequence).FirstOrDefault();
            var moment = next?.Due ?? target ?? _elapsed;
            if (moment > _elapsed)
                (_wall, _elapsed) = (_wall + (moment - _elapsed), moment);
            if (next is not null)
                next.Due = next.Period > TimeSpan.Zero ? moment + next.Period : null;
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public TimeSpan Period { get; set; }

        public long Sequence { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime, period);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
