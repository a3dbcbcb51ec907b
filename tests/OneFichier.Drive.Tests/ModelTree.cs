namespace OneFichier.Drive.Tests;

/// <summary>What a tree should hold, told in the simplest way there is: folders by path, files by path with their size. Names of files end in .txt, those of folders do not.</summary>
internal sealed class ModelTree
{
    public SortedSet<string> Folders { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Files { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Lines =>
        Folders.Select(f => f + "/").Concat(Files.Select(f => $"{f.Key} {f.Value}")).Order(StringComparer.Ordinal);

    public void Make(string path)
    {
        for (var at = path; at.Length > 0; at = ParentOf(at))
            Folders.Add(at);
    }

    public void Move(string from, string to)
    {
        foreach (var (path, size) in Files.Where(f => IsIn(f.Key, from)).ToList())
        {
            Files.Remove(path);
            Files[to + path[from.Length..]] = size;
        }

        foreach (var path in Folders.Where(f => IsIn(f, from)).ToList())
        {
            Folders.Remove(path);
            Folders.Add(to + path[from.Length..]);
        }
    }

    public void Copy(string from, string to)
    {
        Make(to);
        foreach (var path in Folders.Where(f => IsIn(f, from)).ToList())
            Folders.Add(to + path[from.Length..]);
        foreach (var (path, size) in Files.Where(f => IsIn(f.Key, from)).ToList())
            Files[to + path[from.Length..]] = size;
    }

    public void Remove(string path)
    {
        foreach (var file in Files.Keys.Where(f => IsIn(f, path)).ToList())
            Files.Remove(file);
        Folders.RemoveWhere(f => IsIn(f, path));
    }

    public bool IsEmpty(string folder) => !Files.Keys.Concat(Folders).Any(p => p != folder && IsIn(p, folder));

    public static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    public static string ParentOf(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";
}
