namespace OneFichier.Drive;

/// <summary>Which files have how many bytes.</summary>
internal sealed class SizeTable
{
    private readonly Dictionary<long, HashSet<(FolderId Folder, string Key)>> _files = [];

    public bool Holds(long size) => _files.ContainsKey(size);

    public IEnumerable<(FolderId Folder, string Key)> Of(long size) => _files.GetValueOrDefault(size) ?? Enumerable.Empty<(FolderId, string)>();

    public void Add(long size, FolderId folder, string key)
    {
        if (!_files.TryGetValue(size, out var files))
            _files[size] = files = [];
        files.Add((folder, key));
    }

    public void Remove(long size, FolderId folder, string key)
    {
        if (_files.TryGetValue(size, out var files) && files.Remove((folder, key)) && files.Count == 0)
            _files.Remove(size);
    }
}
