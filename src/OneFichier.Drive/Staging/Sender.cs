using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Staging;

/// <summary>Sends what waits: after a time without changes, or when told to.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private readonly Spool _spool;
    private readonly SendRound _round;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _changed;

    public Sender(Spool spool, SpoolStore store)
    {
        (_spool, _changed) = (spool, spool.Now);
        _round = new SendRound(spool, store, _stop.Token);
        spool.Changed = Nudge;
        spool.LetGoAsync = _round.LetGoAsync;
        _loop = Task.Run(LoopAsync);
        Wake();
    }

    private TimeProvider Time => _spool.Options.Time;

    public StagingState State()
    {
        lock (_spool.Overlay.Gate)
        {
            var files = _spool.Overlay.Files.Values.Where(f => f.Dirty && f.Node is not null).ToList();
            var nodes = _spool.Overlay.Root.All().Where(n => n.Folder || SpoolStore.IsRemovable(n)).ToList();
            return new StagingState(files.Count, files.Sum(f => f.Length), nodes.Count)
            {
                Failure = _round.Pause.Failure ?? files.Select(f => f.Retry.Failure).Concat(nodes.Select(n => n.Retry.Failure)).FirstOrDefault(f => f is not null),
            };
        }
    }

    /// <exception cref="IOException">Some could not be sent.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var failed = new Unsent();
        RoundOutcome outcome;
        do
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                outcome = await _round.RunAsync(failed, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }

            if (outcome is { Progress: false, Interrupted: false, Busy: true })
                await _round.Lanes.EndedAsync(cancellationToken);
        }
        while (!outcome.IsEnd);

        if ((failed.First ?? outcome.Failure) is { } failure)
            throw new IOException($"Not all could be sent, and waits: {failure.Message}", failure);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _turn.WaitAsync();
        await _round.Lanes.AllEndedAsync();
        _stop.Dispose();
        _turn.Dispose();
        _wake.Dispose();
    }

    private void Nudge()
    {
        Interlocked.Exchange(ref _changed, _spool.Now);
        Wake();
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or will not wake again.
        }
    }

    private async Task LoopAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            await _wake.WaitAsync(stop);
            await QuietAsync(stop);
            while (await OnceAsync(stop) is { } pause)
                await PauseAsync(pause, stop);
        }
    }

    /// <summary>Waits for the end of a pause or of a large file, or until something has changed and is quiet again.</summary>
    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        if (pause == TimeSpan.Zero)
            return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var changed = ChangedAsync(ended.Token);
        Task[] awaited = [Task.Delay(pause, Time, ended.Token), changed, .. _round.Lanes.IsBusy ? [_round.Lanes.EndedAsync(ended.Token)] : Array.Empty<Task>()];
        await Task.WhenAny(awaited);
        await ended.CancelAsync();
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until nothing has changed for a while, or for the longest time a file is to wait.</summary>
    private async Task QuietAsync(CancellationToken stop)
    {
        var begun = _spool.Now;
        while (true)
        {
            var quiet = _spool.Options.Quiet - Time.GetElapsedTime(Interlocked.Read(ref _changed));
            var longest = _spool.Options.Longest - Time.GetElapsedTime(begun);
            var left = quiet < longest ? quiet : longest;
            if (left <= TimeSpan.Zero)
                return;
            await Task.Delay(left, Time, stop);
        }
    }

    private async Task ChangedAsync(CancellationToken stop)
    {
        await _wake.WaitAsync(stop);
        await QuietAsync(stop);
    }

    /// <returns>How long to pause before the next time; <see langword="null"/> when nothing is left that can be sent.</returns>
    private async Task<TimeSpan?> OnceAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var outcome = await _round.RunAsync(null, stop);
            if (outcome.Failure is { } failure)
                _spool.Options.Logger?.LogWarning("What waits could not all be sent yet: {Reason}", failure.Message);
            return outcome.Progress ? TimeSpan.Zero : outcome.Interrupted ? _spool.Options.Quiet : _round.UntilRetry() ?? (outcome.Busy ? Timeout.InfiniteTimeSpan : null);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            _spool.Options.Logger?.LogWarning("What waits cannot be sent yet: {Reason}", e.Message);
            _round.Pause.Failed(e, _spool.Options);
            return _round.UntilRetry();
        }
        finally
        {
            _turn.Release();
        }
    }
}
