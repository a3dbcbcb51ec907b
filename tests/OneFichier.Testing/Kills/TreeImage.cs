using OneFichier.Drive;
using OneFichier.Hashing;
using OneFichier.Names;
using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>What a tree holds: each file by size and Whirlpool, and its folders. Two are the same when <see cref="Differences"/> finds nothing.</summary>
public sealed class TreeImage
{
    private readonly List<(string Path, string Content)> _files;
    private readonly List<string> _folders;

    private TreeImage(IEnumerable<(string Path, long Size, WhirlpoolHash Checksum)> files, IEnumerable<string> folders) =>
        (_files, _folders) = ([.. files.Select(f => (f.Path, $"{f.Size} bytes, {f.Checksum.ToString()[..12]}…"))], [.. folders]);

    /// <summary>How many files it has.</summary>
    public int Files => _files.Count;

    /// <summary>The paths of its files.</summary>
    public IEnumerable<string> Paths => _files.Select(f => f.Path);

    /// <summary>A folder of the disk, read with the house's own Whirlpool.</summary>
    public static TreeImage OfDisk(string root)
    {
        string Below(string path) => Path.GetRelativePath(root, path);
        return new TreeImage(
            Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(path => (Below(path), new FileInfo(path).Length, Checksum(path))),
            Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Select(Below));
    }

    /// <summary>A folder of the account as the sandbox has it: every file of a name is a file, and the marker of an empty one is an empty one.</summary>
    public static TreeImage OfAccount(SandboxTree tree, string root)
    {
        string Below(string path) => string.Join('/', path[(root.Length + 1)..].Split('/').Select(ServiceName.Decode));
        bool IsBelow(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);
        return new TreeImage(tree.Files.Where(f => IsBelow(f.Path)).Select(f => Shown(Below(f.Path), f.Size, WhirlpoolHash.Parse(f.Checksum))), tree.Folders.Where(f => IsBelow(f.Path)).Select(f => Below(f.Path)));
    }

    /// <summary>What this one has otherwise than the one that is wanted, a line each; a name that is there twice is one of them.</summary>
    public IReadOnlyList<string> Differences(TreeImage wanted) =>
    [
        .. Surplus(_files, wanted._files).Select(f => $"has {f.Path} ({f.Content}), which it should not"),
        .. Surplus(wanted._files, _files).Select(f => $"lacks {f.Path} ({f.Content})"),
        .. Surplus(_folders, wanted._folders).Select(f => $"has the folder {f}, which it should not"),
        .. Surplus(wanted._folders, _folders).Select(f => $"lacks the folder {f}"),
    ];

    private static IEnumerable<T> Surplus<T>(IEnumerable<T> some, IEnumerable<T> others)
    {
        var left = others.ToList();
        return some.Where(item => !left.Remove(item)).ToList();
    }

    private static (string, long, WhirlpoolHash) Shown(string path, long size, WhirlpoolHash checksum) =>
        EmptyFile.IsMarker(size, checksum) ? (path, 0, WhirlpoolHash.Empty) : (path, size, checksum);

    private static WhirlpoolHash Checksum(string path)
    {
        using var file = File.OpenRead(path);
        return Whirlpool.HashData(file);
    }
}
