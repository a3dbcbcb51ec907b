using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Sync;

namespace OneFichier.Cli.Commands;

/// <summary>The two trees of a sync, and what is wanted of them.</summary>
internal sealed record SyncEnds(Spot From, Spot To, SyncTree Source, SyncTree Destination, SyncOptions Wanted)
{
    /// <exception cref="PathNotFoundException">The source is not there, or no folder has the number of the destination.</exception>
    /// <exception cref="CliException">The backup folder is somewhere else than the destination.</exception>
    public static async Task<SyncEnds> OpenAsync(RemoteSession session, (string Source, string Target, string? Backup) typed, SyncOptions wanted, CancellationToken cancellationToken)
    {
        var from = await session.OpenAsync(Place.Parse(typed.Source), cancellationToken);
        var (to, backup) = await session.OpenPairAsync(Place.Parse(typed.Target), typed.Backup is { Length: > 0 } text ? Place.Parse(text) : null, cancellationToken);
        RefuseFile(to);
        if (to is { Place: RemotePlace { Path.Start.Value: not 0 }, Path.IsRoot: true })
            await to.Volume.ListAsync(to.Path, cancellationToken);

        wanted = wanted with { BackupFolder = backup };
        var entry = await from.FindAsync(EntryKind.Any, cancellationToken, missing: EntryKind.Folder);
        return entry.IsFolder
            ? new SyncEnds(from, to, new SyncTree(from.Volume, from.Path), new SyncTree(to.Volume, to.Path), wanted)
            : new SyncEnds(from, to, new SyncTree(from.Volume, from.Path.Parent), new SyncTree(to.Volume, to.Path), wanted with { Filter = new OneFile(entry.Name, wanted.Filter) });
    }

    /// <summary>A path of the source's volume as a person would type it.</summary>
    public string ShownSource(VolumePath path) => path.IsWithin(From.Path) ? From.Shown(path) : path.ToString();

    /// <summary>A path of the destination's volume below the destination.</summary>
    public string Below(VolumePath path) => path.IsWithin(To.Path) ? To.Below(path) : path.ToString();

    private static void RefuseFile(Spot to)
    {
        if (to.Place is LocalPlace local && File.Exists(local.Text))
            throw CliException.Usage($"'{Escaping.Visible(local.Text)}' is a file; the contents of SRC go into a folder.", "Name a folder, or use get or cp.");
    }

    /// <summary>A file as a source is a tree of itself.</summary>
    private sealed class OneFile(string name, TreeFilter filter) : TreeFilter
    {
        public override bool Includes(Entry file) => file.Path.Parent.IsRoot && file.Name == name && filter.Includes(file);

        public override bool Enters(VolumePath folder) => folder.IsRoot;
    }
}
