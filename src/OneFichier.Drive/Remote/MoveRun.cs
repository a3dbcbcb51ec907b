using OneFichier.Names;

namespace OneFichier.Drive.Remote;

/// <summary>
/// One call that moves, in order. Files that go into one folder under their names, or are renamed in one folder, are gathered into one request until something comes that depends on them.
/// All files of a name go together, so that none of the hidden ones comes to light where the shown one left.
/// </summary>
internal sealed class MoveRun(VolumeContext volume, bool replace)
{
    private readonly List<Step> _steps = [];
    private readonly HashSet<VolumePath> _touched = [];
    private IReadOnlyList<VolumeMove> _moves = [];
    private ItemResult[] _results = [];

    private sealed record Step(int Index, IReadOnlyList<RemoteEntry> Files, RemoteEntry To, bool Renames);

    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<VolumeMove> moves, CancellationToken cancellationToken)
    {
        (_moves, _results) = (moves, new ItemResult[moves.Count]);
        for (var n = 0; n < moves.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Ancestry(moves[n].From).Concat(Ancestry(moves[n].To)).Any(_touched.Contains))
                await FlushAsync(cancellationToken);
            try
            {
                await PlanAsync(n, moves[n], cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                _results[n] = new ItemResult(moves[n].To) { Error = e };
            }
        }

        await FlushAsync(cancellationToken);
        return _results;
    }

    private static IEnumerable<VolumePath> Ancestry(VolumePath path)
    {
        for (var at = path; !at.IsRoot; at = at.Parent)
            yield return at;
    }

    private async Task PlanAsync(int index, VolumeMove move, CancellationToken cancellationToken)
    {
        if (move.From.IsRoot || move.To.IsRoot)
            throw MoveRules.TheRoot();
        ServiceName.ThrowIfTooLong(PathNames.ToName(move.To.Name));
        var there = await volume.AllAtAsync(move.From, cancellationToken);
        if (there.Count == 0)
            throw new PathNotFoundException(volume.At(move.From), EntryKind.Any);
        if (move.From == move.To)
            _results[index] = new ItemResult(move.To) { Entry = volume.EntryOf(there[0]) };
        else if (there[0].IsFolder)
            await AloneAsync(index, there[0], cancellationToken);
        else
            await PlanFileAsync(index, there, cancellationToken);
    }

    private async Task PlanFileAsync(int index, IReadOnlyList<RemoteEntry> files, CancellationToken cancellationToken)
    {
        var move = _moves[index];
        var inTheWay = await volume.AllAtAsync(move.To, cancellationToken);
        var parent = await volume.Tree.FindAsync(volume.At(move.To.Parent), Refresh.WhenOld, cancellationToken);
        if (parent is not { IsFolder: true })
            throw new PathNotFoundException(volume.At(move.To.Parent), EntryKind.Folder);
        if (inTheWay.Count > 0 && (!replace || inTheWay[0].IsFolder))
            throw new NameTakenException(volume.At(move.To));
        var renames = move.To.Parent == move.From.Parent;
        if (!renames && move.To.Name != move.From.Name)
        {
            await AloneAsync(index, files[0], cancellationToken);
            foreach (var hidden in files.Skip(1))
                await volume.Tree.MoveAsync(hidden, volume.At(move.To), NameClash.KeepBoth, cancellationToken);
            return;
        }

        if (_steps.Count > 0 && (_steps[0].Renames != renames || _steps[0].To.Folder!.Id != parent.Folder.Id))
            await FlushAsync(cancellationToken);
        _steps.Add(new Step(index, files, parent, renames));
        _touched.UnionWith([move.From, move.To]);
    }

    private async Task AloneAsync(int index, RemoteEntry entry, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var to = _moves[index].To;
        await volume.Tree.MoveAsync(entry, volume.At(to), replace ? NameClash.Replace : NameClash.Refuse, cancellationToken);
        var moved = await volume.AllAtAsync(to, cancellationToken);
        _results[index] = new ItemResult(to) { Entry = volume.EntryOf(moved.FirstOrDefault(e => e.IsFolder == entry.IsFolder) ?? throw new PathNotFoundException(volume.At(to), EntryKind.Any)) };
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<Step> steps = [.. _steps];
        _steps.Clear();
        _touched.Clear();
        if (steps.Count == 0)
            return;
        Exception? failure = null;
        try
        {
            await SendAsync(steps, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failure = e;
        }

        foreach (var step in steps)
            _results[step.Index] = ResultOf(step, failure);
    }

    private Task SendAsync(IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var clash = replace ? NameClash.Replace : steps.Any(s => s.Files.Count > 1) ? NameClash.KeepBoth : NameClash.Refuse;
        return steps[0].Renames
            ? volume.Tree.RenameFilesAsync([.. steps.SelectMany(s => s.Files.Select(f => (f, _moves[s.Index].To.Name)))], clash, cancellationToken)
            : volume.Tree.MoveFilesAsync([.. steps.SelectMany(s => s.Files)], steps[0].To.Path, clash, cancellationToken);
    }

    /// <summary>What is true of each file whatever became of the others.</summary>
    private ItemResult ResultOf(Step step, Exception? failure)
    {
        var (from, to) = (_moves[step.Index].From, _moves[step.Index].To);
        return volume.Remembered(to, step.To.Folder!.Id, step.Files[0].File!.Link) is { } entry
            ? new ItemResult(to) { Entry = entry }
            : new ItemResult(to) { Error = failure is null or PathNotFoundException { Kind: EntryKind.File } ? new PathNotFoundException(volume.At(from), EntryKind.File) : failure };
    }
}
