namespace OneFichier.Drive.Sync;

/// <summary>Everything that can end a run before its plan is done, and which of it did.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RunLimits _limits;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;
    private readonly ITimer? _timer;
    private long _started;
    private long _passed;

    public RunStop(RunOptions options, CancellationToken caller)
    {
        (_limits, _caller) = (options.Limits, caller);
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        if (_limits.MaxDuration is { } longest)
            _timer = options.Time.CreateTimer(_ => Reach(RunLimit.Duration), null, longest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends what is under way.</summary>
    public CancellationToken Token => _source.Token;

    public bool Stopped => _source.IsCancellationRequested;

    /// <summary>Whether nothing new may be transferred, while what is under way may still go on.</summary>
    public bool Closing => Stopped || Limit == RunLimit.Duration;

    public RunLimit Limit { get; private set; }

    public Exception? Fatal { get; private set; }

    public bool Interrupted => _caller.IsCancellationRequested && Fatal is null && Limit == RunLimit.None;

    /// <summary>Whether a file may be started now; if so, it counts as started.</summary>
    public bool Admit(long size)
    {
        lock (_gate)
        {
            if (Closing)
                return false;

            if (_limits.MaxTransfer is { } most && !Fits(size, most))
            {
                Limit = RunLimit.Transfer;
                return false;
            }

            _started += size;
            return true;
        }
    }

    public void Passed(int bytes)
    {
        if (Interlocked.Add(ref _passed, bytes) > _limits.MaxTransfer && _limits.Cutoff == CutoffMode.Hard)
            Reach(RunLimit.Transfer);
    }

    public void Fail(Exception fatal)
    {
        lock (_gate)
        {
            Fatal ??= fatal;
        }

        _source.Cancel();
    }

    /// <summary>Something that does not end the run, and yet makes its end a fatal one.</summary>
    public void Condemn(Exception fatal)
    {
        lock (_gate)
        {
            Fatal ??= fatal;
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _source.Dispose();
    }

    private bool Fits(long size, long most) => _limits.Cutoff switch
    {
        CutoffMode.Hard => Interlocked.Read(ref _passed) < most,
        CutoffMode.Soft => _started < most,
        _ => size <= most - _started,
    };

    private void Reach(RunLimit limit)
    {
        lock (_gate)
        {
            if (Limit == RunLimit.None)
                Limit = limit;
        }

        if (_limits.Cutoff != CutoffMode.Hard)
            return;

        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            _timer?.Dispose();
        }
    }
}
