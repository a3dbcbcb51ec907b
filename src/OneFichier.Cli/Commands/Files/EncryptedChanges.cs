using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Changes in an encrypted remote, where paths are not those of the account and files have no links of their own.</summary>
internal sealed class EncryptedChanges(RemoteSession session)
{
    /// <summary>Removes files, each volume's in one go.</summary>
    public async Task RemoveFilesAsync(IEnumerable<Place> places, bool dryRun, CancellationToken cancellationToken)
    {
        var spots = await OpenAsync(places, cancellationToken);
        foreach (var spot in spots)
        {
            if (await spot.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.File) is { IsFolder: true })
                throw CliException.Usage($"'{Escaping.Visible(spot.Place.Text)}' is a folder.", "rmdir removes an empty one, purge one with all that is in it.");
        }

        foreach (var volume in spots.GroupBy(s => s.Volume).Where(_ => !dryRun))
            ThrowFirst(await volume.Key.RemoveAsync([.. volume.Select(s => s.Path)], cancellationToken));
    }

    /// <summary>Removes a folder with all that is in it: files first, then folders from below.</summary>
    public async Task PurgeAsync(Place place, CancellationToken cancellationToken)
    {
        var spot = await session.OpenAsync(place, cancellationToken);
        await spot.FindAsync(EntryKind.Folder, cancellationToken);
        var (files, folders) = (new List<VolumePath>(), new List<VolumePath>());
        await foreach (var (folder, contents) in spot.Volume.WalkAsync(spot.Path, null, cancellationToken))
        {
            folders.Add(folder);
            files.AddRange(contents.Entries.Where(e => !e.IsFolder).Select(e => e.Path));
        }

        folders.Reverse();
        ThrowFirst(await spot.Volume.RemoveAsync([.. files, .. folders.Where(f => !f.IsRoot)], cancellationToken));
    }

    /// <summary>Moves into a folder, or to a name for a single source.</summary>
    /// <returns>Each source with the place it has now.</returns>
    public async Task<IReadOnlyList<(Place Source, string To)>> MoveAsync(IReadOnlyList<Place> sources, Place target, (bool Replace, bool DryRun) how, CancellationToken cancellationToken)
    {
        var (volume, moves) = await PairsAsync(sources, target, cancellationToken);
        if (!how.DryRun)
            ThrowFirst(await volume.MoveAsync([.. moves.Select(m => new VolumeMove(m.From.Path, m.To))], how.Replace, cancellationToken));

        return [.. moves.Select(m => (m.From.Place, m.To.ToString()))];
    }

    /// <summary>Copies on the service into a folder, or to a name for a single source; folders with all that is in them.</summary>
    public async Task<IReadOnlyList<(Place Source, string To)>> CopyAsync(IReadOnlyList<Place> sources, Place target, bool dryRun, CancellationToken cancellationToken)
    {
        var (volume, pairs) = await PairsAsync(sources, target, cancellationToken);
        var copier = volume.Feature<IServerSideCopy>() ?? throw CliException.Usage($"'{Escaping.Visible(target.Text)}' cannot copy without sending.", "Use copy.");
        var copies = new List<(Entry, VolumePath)>();
        foreach (var (from, to) in pairs)
        {
            var entry = await from.FindAsync(EntryKind.Any, cancellationToken);
            if (entry.IsFolder)
                copies.AddRange((await FilesAsync(from, cancellationToken)).Select(f => (f, to.Combine(VolumePath.Parse(from.Below(f.Path))))));
            else
                copies.Add((entry, to));
        }

        if (!dryRun)
            ThrowFirst(await copier.CopyAsync(copies, cancellationToken));

        return [.. pairs.Select(p => (p.From.Place, p.To.ToString()))];
    }

    private static async Task<IReadOnlyList<Entry>> FilesAsync(Spot folder, CancellationToken cancellationToken) =>
        await folder.Volume.WalkAsync(folder.Path, null, cancellationToken)
            .SelectMany(l => l.Contents.Entries.Where(e => !e.IsFolder).ToAsyncEnumerable())
            .ToListAsync(cancellationToken);

    private async Task<(IVolume Volume, IReadOnlyList<(Spot From, VolumePath To)> Pairs)> PairsAsync(IReadOnlyList<Place> sources, Place target, CancellationToken cancellationToken)
    {
        var to = await session.OpenAsync(target, cancellationToken);
        var from = await OpenAsync(sources, cancellationToken);
        foreach (var stranger in from.Where(s => s.Volume != to.Volume))
            throw CliException.Usage($"'{Escaping.Visible(stranger.Place.Text)}' is not in the encrypted remote of '{Escaping.Visible(target.Text)}'.", "Use copy or move, which encrypt on the way.");

        var into = to.Path.IsRoot || target.Text.EndsWith('/') || from.Count > 1 || await to.Volume.FindAsync(to.Path, cancellationToken) is { IsFolder: true };
        return (to.Volume, [.. from.Select(s => (s, into ? to.Path.Combine(s.Path.Name) : to.Path))]);
    }

    private async Task<IReadOnlyList<Spot>> OpenAsync(IEnumerable<Place> places, CancellationToken cancellationToken)
    {
        var spots = new List<Spot>();
        foreach (var place in places)
            spots.Add(await session.OpenAsync(place, cancellationToken));

        return spots;
    }

    private static void ThrowFirst(IReadOnlyList<ItemResult> results)
    {
        if (results.FirstOrDefault(r => r.Error is not null)?.Error is { } error)
            throw error;
    }
}
