namespace OneFichier.Drive.Remote;

/// <summary>A file and the folder it lies in.</summary>
internal readonly record struct Placed(FolderId Parent, ListedFile File)
{
    public static Placed[] Of(IEnumerable<RemoteEntry> entries) =>
        [.. entries.Select(e => new Placed(e.Parent, e.File ?? throw new ArgumentException($"'{e.Path}' is a folder; a file is expected here.")))];
}
