namespace OneFichier.Drive.Tests.Volumes;

/// <summary>The simplest thing that could be a volume: paths, with content for files and without for folders.</summary>
internal sealed class VolumeModel
{
    private readonly SortedDictionary<string, byte[]?> _entries = new(StringComparer.Ordinal) { [""] = null };

    /// <summary>All files and folders.</summary>
    public IReadOnlyList<string> Paths => [.. _entries.Keys];

    /// <summary>The tree in words.</summary>
    public IEnumerable<string> Lines => _entries.Where(e => e.Key.Length > 0).Select(e => e.Value is null ? e.Key + "/" : $"{e.Key} {Convert.ToHexStringLower(e.Value)}");

    public bool Has(string path) => _entries.ContainsKey(path);

    public bool IsFile(string path) => _entries.TryGetValue(path, out var content) && content is not null;

    public bool IsFolder(string path) => _entries.TryGetValue(path, out var content) && content is null;

    public byte[] Content(string path) => _entries[path]!;

    /// <summary>The exceptions a put may fail with; none when it succeeds, and then it is done.</summary>
    public IReadOnlyList<Type> Put(string path, byte[] content, bool keep)
    {
        if (IsFolder(path) || (keep && IsFile(path)) || Above(path).Any(IsFile))
            return [typeof(NameTakenException)];
        Make(Parent(path));
        _entries[path] = content;
        return [];
    }

    public IReadOnlyList<Type> Make(string path)
    {
        if (IsFile(path) || Above(path).Any(IsFile))
            return [typeof(NameTakenException)];
        foreach (var folder in Above(path).Append(path))
            _entries[folder] = null;
        return [];
    }

    public IReadOnlyList<Type> Move(string from, string to, bool replace)
    {
        var reasons = MoveReasons(from, to, replace).ToList();
        if (reasons.Count > 0 || from == to)
            return reasons;
        foreach (var path in Paths.Where(p => p == from || p.StartsWith(from + "/", StringComparison.Ordinal)))
        {
            _entries.Remove(path, out var content);
            _entries[to + path[from.Length..]] = content;
        }

        return [];
    }

    public IReadOnlyList<Type> Remove(string path)
    {
        if (path.Length == 0)
            return [typeof(Exception)];
        if (!Has(path))
            return [typeof(PathNotFoundException)];
        if (IsFull(path))
            return [typeof(FolderNotEmptyException)];
        _entries.Remove(path);
        return [];
    }

    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var at ? path[..at] : "";

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path; at.Length > 0; at = Parent(at))
            yield return Parent(at);
    }

    private bool IsFull(string path) => _entries.Keys.Any(p => p.Length > 0 && p != path && Parent(p) == path);

    private IEnumerable<Type> MoveReasons(string from, string to, bool replace)
    {
        if (from.Length == 0 || to.Length == 0 || (IsFolder(from) && to.StartsWith(from + "/", StringComparison.Ordinal)))
            yield return typeof(Exception);
        if (!Has(from) || !IsFolder(Parent(to)))
            yield return typeof(PathNotFoundException);
        if (from == to || !Has(to))
            yield break;
        if (!replace || IsFile(from) != IsFile(to))
            yield return typeof(NameTakenException);
        if (IsFolder(from) && IsFull(to))
            yield return typeof(FolderNotEmptyException);
    }
}
