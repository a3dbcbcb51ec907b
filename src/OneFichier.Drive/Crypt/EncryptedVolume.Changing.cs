namespace OneFichier.Drive.Crypt;

public sealed partial class EncryptedVolume
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> MoveAsync(
        IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        cancellationToken.ThrowIfCancellationRequested();
        var results = new List<ItemResult>(moves.Count);
        for (var first = 0; first < moves.Count; first = results.Count)
        {
            var run = IndependentRun(moves, first);
            results.AddRange(await MoveRunAsync(run, replace, cancellationToken));
        }

        return results;
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        cancellationToken.ThrowIfCancellationRequested();
        var results = new ItemResult[paths.Count];
        var going = new List<(int Place, VolumePath Stored)>(paths.Count);
        for (var place = 0; place < paths.Count; place++)
        {
            if (await PlaceAsync(paths[place], cancellationToken) is { } stored)
                going.Add((place, stored));
            else
                results[place] = new ItemResult(paths[place]) { Error = new PathNotFoundException(paths[place], EntryKind.Any) };
        }

        var removed = await Inner.RemoveAsync([.. going.Select(g => g.Stored)], cancellationToken);
        foreach (var ((place, _), result) in going.Zip(removed))
            results[place] = Plain(result, paths[place], e => _errors.Plain(e, paths[place]));
        return results;
    }

    /// <summary>Where a thing is stored, asking what it is only where that matters; <see langword="null"/> when there is nothing.</summary>
    private async ValueTask<VolumePath?> PlaceAsync(VolumePath path, CancellationToken cancellationToken) =>
        _paths.IsImpossible(path) ? null
        : _paths.IsOneName(path) ? _paths.Folder(path)
        : (await StoredAsync(path, cancellationToken))?.Path;

    private async Task<IEnumerable<ItemResult>> MoveRunAsync(List<VolumeMove> run, bool replace, CancellationToken cancellationToken)
    {
        var results = new ItemResult[run.Count];
        var going = new List<(int Place, VolumeMove Stored)>(run.Count);
        for (var place = 0; place < run.Count; place++)
        {
            try
            {
                going.Add((place, await StoredMoveAsync(run[place], replace, cancellationToken)));
            }
            catch (FichierException e)
            {
                results[place] = new ItemResult(run[place].To) { Error = e };
            }
        }

        var moved = await Inner.MoveAsync([.. going.Select(g => g.Stored)], replace, cancellationToken);
        foreach (var ((place, _), result) in going.Zip(moved))
            results[place] = Plain(result, run[place].To, e => _errors.Plain(e, run[place].To, run[place].From));
        return results;
    }

    private async ValueTask<VolumeMove> StoredMoveAsync(VolumeMove move, bool replace, CancellationToken cancellationToken)
    {
        if (IsPlainSailing(move))
            return new VolumeMove(_paths.Folder(move.From), _paths.Folder(move.To));
        if (_paths.IsImpossible(move.From))
            throw new PathNotFoundException(move.From, EntryKind.Any);
        if (_paths.IsImpossible(move.To))
            throw new FichierException($"'{move.To}' cannot be encrypted: a name in it is too long.") { Remedy = "Shorten it." };

        var found = new Dictionary<VolumePath, Entry?>();
        foreach (var path in new[] { move.From, move.To, move.To.Parent })
            found[path] = await StoredAsync(path, cancellationToken);
        var (source, _) = MoveRules.Check(move, path => found[path], replace);
        return new VolumeMove(source.Path, source.IsFolder ? _paths.Folder(move.To) : _paths.File(move.To));
    }

    /// <summary>Whether the names of a move are stored the same way whatever is moved, so that the volume inside sees all there is to see.</summary>
    private bool IsPlainSailing(VolumeMove move) =>
        !_paths.IsImpossible(move.From) && !_paths.IsImpossible(move.To) && _paths.IsOneName(move.From) && _paths.IsOneName(move.To);

    /// <summary>As many moves as can be looked at before the first of them is made.</summary>
    private List<VolumeMove> IndependentRun(IReadOnlyList<VolumeMove> moves, int first)
    {
        var run = new List<VolumeMove> { moves[first] };
        var places = new HashSet<VolumePath> { moves[first].From, moves[first].To };
        var plain = IsPlainSailing(moves[first]);
        for (var next = first + 1; next < moves.Count; next++)
        {
            plain &= IsPlainSailing(moves[next]);
            if (!plain && (Touches(moves[next].From, places) || Touches(moves[next].To, places)))
                break;
            run.Add(moves[next]);
            places.UnionWith([moves[next].From, moves[next].To]);
        }

        return run;
    }

    private static bool Touches(VolumePath path, HashSet<VolumePath> places)
    {
        for (var above = path; !above.IsRoot; above = above.Parent)
        {
            if (places.Contains(above))
                return true;
        }

        return places.Any(place => place.IsWithin(path));
    }
}
