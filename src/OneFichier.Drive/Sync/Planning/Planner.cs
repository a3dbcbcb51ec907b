namespace OneFichier.Drive.Sync;

/// <summary>
/// Decides what is to be done about each name of two trees. Pure: it is told of folder after folder, each before those in it, and touches nothing. What can be renamed or copied instead of
/// sent, and whether too much would be removed, is decided afterwards, see <see cref="SyncPlanner"/>.
/// </summary>
public sealed class Planner
{
    private readonly SyncTree _source;
    private readonly SyncTree _destination;
    private readonly SyncOptions _options;
    private readonly FileJudge _judge;
    private readonly FolderLedger _folders = new();
    private readonly ClashLedger _clashes;
    private readonly List<PlannedTransfer> _transfers = [];
    private readonly List<PlannedTime> _times = [];
    private readonly List<Entry> _removed = [];
    private readonly List<Entry> _unchanged = [];
    private readonly List<PlanNote> _notes = [];
    private int _sourceFiles;

    /// <summary>Begins a plan.</summary>
    public Planner(SyncTree source, SyncTree destination, SyncOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(options);
        (_source, _destination, _options) = (source, destination, options);
        _judge = new FileJudge(options, source.Volume.Traits, destination.Volume.Traits);
        _clashes = new ClashLedger(destination, _notes, options.Kind == SyncKind.Sync);
    }

    /// <summary>Takes a folder.</summary>
    public void Add(ComparedFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _notes.AddRange(folder.Notes);
        _sourceFiles += folder.Items.Count(i => !i.IsFolder && i.Source is not null);
        if (_clashes.Blocks(folder))
            return;
        _folders.Enter(folder, _options.EmptyFolders);
        var items = folder.Items;
        for (var i = 0; i < items.Count; i++)
        {
            if (i + 1 < items.Count && items[i].Name == items[i + 1].Name)
                Take(folder, _clashes.Settle(folder, items[i], items[++i]));
            else
                Take(folder, items[i]);
        }
    }

    /// <summary>The plan of all folders taken.</summary>
    public SyncPlan ToPlan()
    {
        var folders = _folders.Removable();
        var (cleared, sent) = _clashes.Clear(_removed, folders);
        foreach (var (folder, file) in sent)
            Send(folder, new ComparedItem(file, null));
        return new SyncPlan
        {
            Cleared = cleared,
            Folders = [.. _folders.Needed().Select(_destination.At).Where(f => !f.IsRoot)],
            Transfers = _transfers,
            Times = _times,
            RemovedFiles = _removed,
            RemovedFolders = [.. folders.Select(_destination.At)],
            Unchanged = _unchanged,
            SourceFiles = _sourceFiles,
            DestinationRoot = _destination.Root,
            BackupFolder = _options.BackupFolder,
            Notes = _notes,
        };
    }

    private void Take(ComparedFolder folder, ComparedItem? item)
    {
        if (item?.Error is { } error)
            Note(item, $"'{item.Name}' is left alone: {error.Message}", error);
        else if (item is null || item.IsFolder)
            return;
        else if (item.Source is null)
            TakeSurplus(folder, item.Destination!);
        else if (item.Destination is null)
            Send(folder.Path, item);
        else
            TakePair(folder, item, item.Source, item.Destination);
    }

    private void TakeSurplus(ComparedFolder folder, Entry file)
    {
        if (_options.Kind == SyncKind.Sync && folder.MayRemove)
            _removed.Add(file);
        else
            _folders.Keep(folder.Path);
    }

    private void TakePair(ComparedFolder folder, ComparedItem item, Entry source, Entry there)
    {
        var verdict = _judge.Judge(source, there, final: true);
        if (verdict is Verdict.Differs or Verdict.OtherTime && _options.Immutable)
            Note(item, "The file is there and differs, and what is there must not be changed (immutable).", new NameTakenException(there.Path));
        else if (verdict == Verdict.Differs && !folder.MayReplace)
            Note(item, "The file differs, but the source's listing is an old one, so it is not replaced.", new IOException($"The listing of '{source.Path.Parent}' is an old one."));
        else if (verdict == Verdict.Differs)
            Send(folder.Path, item);
        else if (verdict == Verdict.Unproven)
            _notes.Add(new PlanNote(source.Path, "It stays in the source: the destination has a file of its name and size, but whether the content is the same cannot be told."));
        else if (verdict != Verdict.Skipped)
            TakeSame(source, there, verdict == Verdict.OtherTime);
    }

    private void TakeSame(Entry source, Entry there, bool otherTime)
    {
        _unchanged.Add(source);
        if (otherTime && _destination.Volume.Traits.SetsTimes && source.ModTime is { } modTime)
            _times.Add(new PlannedTime(there, modTime));
    }

    private void Send(VolumePath folder, ComparedItem item)
    {
        _folders.Need(folder);
        _transfers.Add(new PlannedTransfer(item.Source!, _destination.At(folder.Combine(item.Name)), item.Destination));
    }

    private void Note(ComparedItem item, string text, Exception error) => _notes.Add(new PlanNote((item.Destination ?? item.Source)!.Path, text, error));
}
