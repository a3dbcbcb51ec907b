namespace OneFichier.Drive.Sync;

/// <summary>The files named by <c>--files-from</c>, and the folders above them.</summary>
internal sealed class ListedFiles
{
    private readonly HashSet<VolumePath> _files = [];
    private readonly HashSet<VolumePath> _folders = [];

    public void Add(string line)
    {
        var path = VolumePath.Parse(line);
        if (path.IsRoot || !_files.Add(path))
            return;
        for (var folder = path.Parent; !folder.IsRoot && _folders.Add(folder); folder = folder.Parent)
        {
        }
    }

    public bool HasFile(VolumePath path) => _files.Contains(path);

    public bool HasFolder(VolumePath path) => _folders.Contains(path);
}
