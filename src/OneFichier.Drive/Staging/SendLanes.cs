namespace OneFichier.Drive.Staging;

/// <summary>Large files on their way, a few at a time, each by itself: what else waits is not held up by them.</summary>
internal sealed class SendLanes
{
    private const int Most = 3;

    private readonly Lock _gate = new();
    private readonly List<(StagedFile File, Task<RoundOutcome> Run)> _lanes = [];

    public int Free
    {
        get
        {
            lock (_gate)
                return Most - _lanes.Count;
        }
    }

    public bool IsBusy => Free < Most;

    public bool Has(StagedFile file)
    {
        lock (_gate)
            return _lanes.Exists(l => l.File == file);
    }

    public void Start(StagedFile file, Func<Task<RoundOutcome>> send)
    {
        lock (_gate)
            _lanes.Add((file, Task.Run(send)));
    }

    /// <summary>How those went that have ended since the last time.</summary>
    public RoundOutcome Collect()
    {
        var outcome = new RoundOutcome(false);
        lock (_gate)
        {
            foreach (var (_, run) in _lanes.Where(l => l.Run.IsCompletedSuccessfully))
                outcome = outcome.And(run.Result);
            _lanes.RemoveAll(l => l.Run.IsCompleted);
        }

        return outcome;
    }

    /// <summary>Waits until one has ended; not at all where nothing is under way.</summary>
    public Task EndedAsync(CancellationToken cancellationToken) =>
        Runs() is [_, ..] runs ? Task.WhenAny(runs).WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Waits for all, whatever becomes of them.</summary>
    public async Task AllEndedAsync() => await Task.WhenAll(Runs()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task[] Runs()
    {
        lock (_gate)
            return [.. _lanes.Select(l => l.Run)];
    }
}
