using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli;

/// <summary>A place of the command line, opened: a volume and a path in it.</summary>
internal sealed record Spot(Place Place, IVolume Volume, VolumePath Path)
{
    /// <summary>What is there.</summary>
    /// <exception cref="PathNotFoundException">There is nothing.</exception>
    public async Task<Entry> FindAsync(EntryKind kind, CancellationToken cancellationToken, EntryKind? missing = null)
    {
        if (Place is RemotePlace { MeansFolder: true } && kind == EntryKind.Any)
            kind = EntryKind.Folder;

        if (Path.IsRoot && Place is LocalPlace { Text.Length: > 0 } local && !Directory.Exists(local.Text))
            throw new CliException((missing ?? kind) == EntryKind.Folder ? ExitCodes.FolderNotFound : ExitCodes.FileNotFound, $"There is no file or folder '{Escaping.Visible(local.Text)}'.");

        var entry = Path.IsRoot ? new Entry(VolumePath.Root, IsFolder: true) : await Volume.FindAsync(Path, cancellationToken);
        if (entry is { IsFolder: true } && kind == EntryKind.File)
            entry = (await Volume.ListAsync(Path.Parent, cancellationToken)).All().FirstOrDefault(e => !e.IsFolder && e.Path == Path);

        return entry is not null && (kind == EntryKind.Any || entry.IsFolder == (kind == EntryKind.Folder))
            ? entry
            : throw new PathNotFoundException(Path, missing ?? kind);
    }

    /// <summary>What is below this spot, as a volume of its own.</summary>
    public Spot Alone() => Path.IsRoot ? this : new Spot(Place, new SubVolume(Volume, Path), VolumePath.Root);

    /// <summary>A path of the volume as it is read from this spot.</summary>
    public string Below(VolumePath path) => Path.IsRoot ? path.ToString() : path == Path ? "" : path.ToString()[(Path.ToString().Length + 1)..];

    /// <summary>A path of the volume as a person would type it.</summary>
    public string Shown(VolumePath path) =>
        Below(path) is { Length: > 0 } below ? $"{Place.Text.TrimEnd('/')}{(Place.Text.EndsWith(':') || Place.Text.Length == 0 ? "" : "/")}{below}" : Place.Text;
}
