namespace OneFichier.Drive.Crypt;

/// <summary>Copies encrypted files as they are: a copy can be read with the keys of the original, and only with those.</summary>
internal sealed class CryptCopy(IVolume inner, IServerSideCopy copier, CryptPaths paths, CryptEntries entries, CryptErrors errors) : IServerSideCopy
{
    public bool CanCopy(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return !entry.IsFolder && !paths.IsImpossible(entry.Path) && entries.Inside(entry) is { } inside && copier.CanCopy(Stored(entry, inside.Id, inside.Link));
    }

    public async Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(copies);
        var results = new ItemResult[copies.Count];
        var going = new List<(int Place, (Entry, VolumePath) Copy)>(copies.Count);
        for (var place = 0; place < copies.Count; place++)
        {
            var (source, target) = copies[place];
            if (paths.IsImpossible(target))
                results[place] = new ItemResult(target) { Error = new FichierException($"'{target}' cannot be encrypted: a name in it is too long.") };
            else if (await StoredAsync(source, cancellationToken) is { } stored)
                going.Add((place, (stored, paths.File(target))));
            else
                results[place] = new ItemResult(target) { Error = new PathNotFoundException(source.Path, EntryKind.File) };
        }

        var copied = await copier.CopyAsync([.. going.Select(g => g.Copy)], cancellationToken);
        foreach (var ((place, _), result) in going.Zip(copied))
            results[place] = Plain(result, copies[place].Source.Path, copies[place].Target);
        return results;
    }

    private ItemResult Plain(ItemResult result, VolumePath source, VolumePath target) => new(target)
    {
        Entry = result.Entry is null ? null : entries.Plain(result.Entry, target),
        Error = result.Error is null ? null : errors.Plain(result.Error, target, source),
    };

    /// <summary>The file inside an entry stands for: the one at its path if it is still the same, otherwise the one its link leads to.</summary>
    private async ValueTask<Entry?> StoredAsync(Entry source, CancellationToken cancellationToken)
    {
        if (paths.IsImpossible(source.Path) || entries.Inside(source) is not { } inside)
            return null;
        var found = await inner.FindAsync(paths.File(source.Path), cancellationToken);
        return found is { IsFolder: false } && found.Id == inside.Id ? found
            : inside.Link is null ? null
            : Stored(source, inside.Id, inside.Link);
    }

    private Entry Stored(Entry entry, string? id, FileLink? link) =>
        entry with { Path = paths.File(entry.Path), Size = entries.StoredSize(entry.Size), Id = id, Link = link };
}
