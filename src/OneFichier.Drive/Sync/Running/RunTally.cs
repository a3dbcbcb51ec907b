namespace OneFichier.Drive.Sync;

/// <summary>Writes down what becomes of everything, and tells it, one event at a time.</summary>
internal sealed class RunTally(RunOptions options, RunStop stop)
{
    private static readonly TimeSpan s_totalsEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly RunProgress _progress = new(options.Time, options.RequestTime);
    private readonly List<SyncFailure> _failed = [];
    private readonly List<SyncSurprise> _surprises = [];
    private SyncResult _result = new();
    private long _totalsAt = options.Time.GetTimestamp();

    public bool AnyFailed
    {
        get
        {
            lock (_gate)
            {
                return _failed.Count > 0;
            }
        }
    }

    public void Start(SyncPlan plan, int requests) => Change(r => r with { Unchanged = plan.Unchanged.Count }, new SyncStarted(plan.FilesToBring(), plan.Bytes), () =>
        (_progress.Files, _progress.Bytes, _progress.RequestsLeft) = (plan.FilesToBring(), plan.Bytes, requests));

    public void Begin(VolumePath path, long size) => Change(null, new FileStarted(path, size), () => _progress.Advance(path, 0));

    public void Advance(FileAdvanced advance) => Change(null, advance, () => _progress.Advance(advance.Path, advance.Done));

    /// <summary>Bytes of a file moved, too soon after the last to speak of it.</summary>
    public void AdvanceQuietly(VolumePath path, long done)
    {
        lock (_gate)
        {
            _progress.Advance(path, done);
        }
    }

    public void Passed(int bytes)
    {
        lock (_gate)
        {
            _progress.Passed(bytes);
            _result = _result with { MovedBytes = _result.MovedBytes + bytes };
            TellTotals(onlyIfDue: true);
        }
    }

    public void Transferred(VolumePath path, long size) =>
        Change(r => r with { TransferredFiles = r.TransferredFiles + 1, TransferredBytes = r.TransferredBytes + size }, new FileTransferred(path, size), () => _progress.End(path, size));

    public void Copied(PlannedCopy copy) =>
        Change(r => r with { Copied = r.Copied + 1 }, new FileCopied(copy.Target, copy.From.Path), () => _progress.End(copy.Target, 0));

    /// <summary>A copy has to be transferred after all.</summary>
    public void CopyBecomesTransfer(PlannedTransfer transfer, Exception why) =>
        Change(null, new SyncNotice($"'{transfer.Target}' could not be copied and is transferred: {why.Message}"), () => _progress.Bytes += transfer.Source.Size);

    public void Renamed(VolumeMove move) => Change(r => r with { Renamed = r.Renamed + 1 }, new FileRenamed(move.From, move.To));

    public void Removed(VolumePath path) => Change(r => r with { Removed = r.Removed + 1 }, new EntryRemoved(path, IsFolder: false));

    public void RemovedFolder(VolumePath path) => Change(r => r with { RemovedFolders = r.RemovedFolders + 1 }, new EntryRemoved(path, IsFolder: true));

    public void BackedUp(VolumePath path, VolumePath backup) => Change(r => r with { BackedUp = r.BackedUp + 1 }, new FileBackedUp(path, backup));

    public void Restored() => Change(r => r with { BackedUp = r.BackedUp - 1 }, null);

    public void SourceRemoved(VolumePath path, bool isFolder) =>
        Change(r => isFolder ? r : r with { SourceRemoved = r.SourceRemoved + 1 }, new SourceRemoved(path, isFolder));

    public void TimeSet(PlannedTime time) => Change(r => r with { TimesSet = r.TimesSet + 1 }, new TimeSet(time.File.Path, time.ModTime));

    public void RemovalsSkipped(string why) => Change(r => r with { RemovalsSkipped = why }, new SyncNotice(why));

    public void Notice(string text) => Change(null, new SyncNotice(text));

    public void Requested(int requests)
    {
        lock (_gate)
        {
            _progress.RequestsLeft = Math.Max(0, _progress.RequestsLeft - requests);
        }
    }

    public void Failed(VolumePath path, Exception error)
    {
        Change(null, new ItemFailed(path, error), () => _failed.Add(new SyncFailure(path, error)));
        if (error.IsFatal())
            stop.Fail(error);
    }

    /// <summary>A file that was to be transferred or copied could not be.</summary>
    public void TransferFailed(VolumePath path, long size, Exception error)
    {
        GiveUp(path, size);
        Failed(path, error);
    }

    /// <summary>A file is not transferred in this run.</summary>
    public void GiveUp(VolumePath path, long size) => Change(null, null, () =>
    {
        _progress.End(path, 0);
        _progress.Bytes -= size;
    });

    public void Surprise(VolumePath path, string text) => Change(null, new SurpriseFound(path, text), () => _surprises.Add(new SyncSurprise(path, text)));

    public SyncResult End()
    {
        lock (_gate)
        {
            TellTotals(onlyIfDue: false);
            return _result with { Failed = [.. _failed], Surprises = [.. _surprises], Limit = stop.Limit, Fatal = stop.Fatal, Interrupted = stop.Interrupted };
        }
    }

    private void Change(Func<SyncResult, SyncResult>? change, SyncEvent? told, Action? also = null)
    {
        lock (_gate)
        {
            _result = change?.Invoke(_result) ?? _result;
            also?.Invoke();
            if (told is not null)
                options.Progress?.Report(told);
            TellTotals(onlyIfDue: told is not (FileTransferred or FileCopied or SyncStarted));
        }
    }

    private void TellTotals(bool onlyIfDue)
    {
        if (options.Progress is null || (onlyIfDue && options.Time.GetElapsedTime(_totalsAt) < s_totalsEvery))
            return;

        _totalsAt = options.Time.GetTimestamp();
        options.Progress.Report(new TotalsChanged(_progress.Totals));
    }
}
