using System.Threading.Channels;

namespace OneFichier.Governor;

/// <summary>The calls of this process that wait, and the one loop that looks at the ledger for all of them.</summary>
internal sealed class BudgetQueue
{
    private static readonly TimeSpan s_sayingStillHere = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);

    private readonly IBudgetLedger _ledger;
    private readonly TimeProvider _time;
    private readonly BudgetOwner _owner;
    private readonly Action<BudgetWait> _report;
    private readonly ITimer _timer;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private readonly LinkedList<QueuedCall>[] _queues = [[], [], []];
    private Dictionary<ApiCall, BudgetRefusal?> _known = [];
    private TimeSpan _nextLook;
    private TimeSpan _interval;
    private bool _isKnownOutdated;
    private bool _isLooking;
    private bool _isWrittenDown;

    public BudgetQueue(IBudgetLedger ledger, TimeProvider time, BudgetOwner owner, Action<BudgetWait> report)
    {
        (_ledger, _time, _owner, _report) = (ledger, time, owner, report);
        _timer = time.CreateTimer(queue => ((BudgetQueue)queue!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Elapsed => _time.GetElapsedTime(0, _time.GetTimestamp());

    public async Task<BudgetPermit> AcquireAsync(ApiCall call, TimeSpan maxWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var queued = new QueuedCall(call, maxWait, _time.GetTimestamp());
        if (Enqueue(queued))
            _ = LookAsync();
        await using var leave = cancellationToken.UnsafeRegister((q, token) => Leave((QueuedCall)q!, token), queued).ConfigureAwait(false);
        return await queued.Answer.Task.ConfigureAwait(false);
    }

    public async ValueTask CompleteAsync(BudgetPermit permit, BudgetOutcome outcome, CancellationToken cancellationToken)
    {
        await _ledger.UpdateAsync(
            (book, now) =>
            {
                book.Complete(permit, outcome, now);
                return permit;
            },
            cancellationToken).ConfigureAwait(false);
        if (outcome.WasSent && outcome.Flood is null && !permit.IsProbe)
            return;
        lock (_gate)
        {
            _isKnownOutdated = true;
        }

        Wake();
    }

    /// <returns>Whether the loop must be started.</returns>
    private bool Enqueue(QueuedCall queued)
    {
        lock (_gate)
        {
            queued.Node = _queues[(int)queued.Call.Priority].AddLast(queued);
            if (_isLooking && (!_known.ContainsKey(queued.Call) || queued.MaxWait < LikelyWait()))
                Wake();
            return !_isLooking && (_isLooking = true);
        }
    }

    private void Leave(QueuedCall queued, CancellationToken cancellationToken)
    {
        if (queued.Answer.TrySetCanceled(cancellationToken))
        {
            Remove(queued);
            Wake();
        }
    }

    private void Remove(QueuedCall queued)
    {
        lock (_gate)
        {
            queued.Node?.List?.Remove(queued.Node);
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private TimeSpan LikelyWait()
    {
        var (look, queue) = (_nextLook - Elapsed, _interval * (_queues.Sum(q => q.Count)));
        return look > queue ? look : queue;
    }

    private async Task LookAsync()
    {
        while (NextPass() is { } pass)
        {
            try
            {
                var done = await _ledger.UpdateAsync((book, now) => pass().Run(book, now), CancellationToken.None).ConfigureAwait(false);
                await DeliverAsync(done).ConfigureAwait(false);
                await SleepAsync(done).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                FailEverybody(e);
            }
        }
    }

    private Func<ServingPass>? NextPass()
    {
        lock (_gate)
        {
            if (_queues.All(q => q.Count == 0) && !_isWrittenDown)
            {
                _isLooking = false;
                _known = [];
                return null;
            }

            var known = _isKnownOutdated ? [] : _known;
            (_known, _isKnownOutdated) = ([], false);
            return () => new(_owner, Waiting(), known, _time);
        }
    }

    private QueuedCall[] Waiting()
    {
        lock (_gate)
        {
            return [.. _queues.SelectMany(q => q)];
        }
    }

    private async ValueTask DeliverAsync(ServingPass pass)
    {
        foreach (var (queued, permit) in pass.Granted)
        {
            Remove(queued);
            if (!queued.Answer.TrySetResult(permit))
                await CompleteAsync(permit, BudgetOutcome.NotSent, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var (queued, refusal) in pass.TooLong)
        {
            Remove(queued);
            queued.Answer.TrySetException(BudgetRefusals.ToException(refusal, queued, pass.Now, _time));
        }

        foreach (var (first, refusal) in pass.Heads)
            Report(first, refusal, pass.Now);
    }

    private void Report(QueuedCall queued, BudgetRefusal refusal, TimeSpan now)
    {
        var wait = refusal.NotBefore - now;
        if (wait <= s_moment || refusal.NotBefore - queued.ReportedUntil <= s_moment)
            return;
        queued.ReportedUntil = refusal.NotBefore;
        _report(new(queued.Call, wait, TimeZoneInfo.ConvertTime(refusal.Until, _time.LocalTimeZone), refusal.Why));
    }

    private async Task SleepAsync(ServingPass pass)
    {
        lock (_gate)
        {
            _isWrittenDown = pass.Heads.Any();
            if (!_isWrittenDown)
                return;
            var sleep = pass.Next < s_sayingStillHere ? pass.Next : s_sayingStillHere;
            sleep = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(sleep.TotalMilliseconds)));
            (_known, _nextLook, _interval) = (pass.Known, Elapsed + sleep, pass.Interval);
            _timer.Change(sleep, Timeout.InfiniteTimeSpan);
        }

        await _wake.Reader.ReadAsync().ConfigureAwait(false);
    }

    private void FailEverybody(Exception reason)
    {
        lock (_gate)
        {
            QueuedCall[] queue = [.. _queues.SelectMany(q => q)];
            foreach (var queued in queue)
            {
                queued.Node?.List?.Remove(queued.Node);
                queued.Answer.TrySetException(reason);
            }

            _isWrittenDown = false;
        }
    }
}
