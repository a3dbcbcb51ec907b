namespace OneFichier.Drive.Tests.Staging;

/// <summary>The simplest thing that could be a disk: names, and files that live on while they are open.</summary>
internal sealed class FileModel
{
    private readonly SortedDictionary<string, ModelFile?> _entries = new(StringComparer.Ordinal) { [""] = null };

    public IReadOnlyList<string> Paths => [.. _entries.Keys];

    /// <summary>The tree in words.</summary>
    public IEnumerable<string> Lines => _entries.Where(e => e.Key.Length > 0).Select(e => e.Value is null ? e.Key + "/" : $"{e.Key} {Convert.ToHexStringLower(e.Value.Content)}");

    public ModelFile? File(string path) => _entries.GetValueOrDefault(path);

    public bool IsFile(string path) => File(path) is not null;

    public bool IsFolder(string path) => _entries.TryGetValue(path, out var file) && file is null;

    public bool Has(string path) => _entries.ContainsKey(path);

    public bool IsEmpty(string folder) => !_entries.Keys.Any(p => p.StartsWith(folder + "/", StringComparison.Ordinal));

    public string PathOf(ModelFile file) => _entries.FirstOrDefault(e => e.Value == file).Key;

    public ModelFile Set(string path, byte[] content)
    {
        var file = new ModelFile { Content = content };
        _entries[path] = file;
        return file;
    }

    public void Make(string path) => _entries[path] = null;

    public void Remove(string path) => _entries.Remove(path);

    public void Move(string from, string to)
    {
        foreach (var path in Paths.Where(p => p == from || p.StartsWith(from + "/", StringComparison.Ordinal)))
        {
            _entries.Remove(path, out var file);
            _entries[to + path[from.Length..]] = file;
        }
    }
}

internal sealed class ModelFile
{
    public required byte[] Content { get; set; }

    public void Write(byte[] data, int offset)
    {
        var grown = new byte[Math.Max(Content.Length, offset + data.Length)];
        Content.CopyTo(grown, 0);
        data.CopyTo(grown, offset);
        Content = grown;
    }

    public void SetLength(int length)
    {
        var cut = new byte[length];
        Content.AsSpan(0, Math.Min(length, Content.Length)).CopyTo(cut);
        Content = cut;
    }
}
