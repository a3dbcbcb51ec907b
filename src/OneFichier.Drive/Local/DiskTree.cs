using System.IO.Enumeration;

namespace OneFichier.Drive.Local;

/// <summary>Where a path lies on the disk, and what is there.</summary>
internal sealed record DiskPlace(string Path, DiskInfo? Info)
{
    /// <summary>Which folders were passed on the way down, this one included, where links are followed.</summary>
    public IReadOnlyList<string> Way { get; init; } = [];
}

/// <summary>Finds the way from paths of the volume to paths of the disk, and leaves neither the folder it was given nor the names it can show.</summary>
internal sealed class DiskTree(string root, bool followLinks)
{
    private static readonly EnumerationOptions AllNames = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Follows a path from the root downwards. What lies behind a link that is not followed is not there.</summary>
    /// <exception cref="IOException">It cannot be known what is there; or no disk can hold the name.</exception>
    public DiskPlace Locate(VolumePath path)
    {
        var info = DiskStat.Look(Root, follow: true);
        var place = new DiskPlace(Root, info) { Way = Further([], Root, info) };
        foreach (var segment in path.Segments)
            place = Child(place, segment);
        return place;
    }

    /// <summary>As <see cref="Locate"/>, for who only asks what can be seen.</summary>
    public DiskPlace? LocateShown(VolumePath path) =>
        path.Segments.All(IsHeld) && Locate(path) is { Info.IsShown: true } place ? place : null;

    public DiskPlace Child(DiskPlace folder, string segment)
    {
        if (!IsHeld(segment))
            throw new IOException($"No file on this disk can have the name '{segment}'.");
        var canonical = Path.Join(folder.Path, DiskName.Encode(segment));
        if (folder.Info is not { Kind: DiskKind.Folder })
            return new DiskPlace(canonical, null);
        var info = Look(folder, canonical);
        var other = info is null && DiskName.IsAmbiguous(segment)
            ? NamesIn(folder.Path).Where(n => DiskName.Decode(n) == segment).Order(StringComparer.Ordinal).FirstOrDefault() : null;
        var path = other is null ? canonical : Path.Join(folder.Path, other);
        info = other is null ? info : Look(folder, path);
        return new DiskPlace(path, info) { Way = Further(folder.Way, path, info) };
    }

    /// <summary>What is at a path of a folder, seen through a link if links are followed and it does not lead back up.</summary>
    public DiskInfo? Look(DiskPlace folder, string path)
    {
        var info = DiskStat.Look(path, follow: false);
        if (info is not { Kind: DiskKind.Link } || !followLinks)
            return info;
        var target = DiskStat.Look(path, follow: true);
        return target is null || (target.Kind == DiskKind.Folder && folder.Way.Contains(IdentityOf(path, target))) ? info : target with { ThroughLink = true };
    }

    /// <summary>The names in a folder as .NET tells them: one that is not UTF-8 holds U+FFFD, so two may look the same.</summary>
    public static IEnumerable<string> NamesIn(string folder) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.FileName.ToString(), AllNames);

    private static bool IsHeld(string segment) => DiskName.Encode(segment) is { } name && !TempFile.IsOne(name);

    private IReadOnlyList<string> Further(IReadOnlyList<string> way, string path, DiskInfo? info) =>
        followLinks && info is { Kind: DiskKind.Folder } ? [.. way, IdentityOf(path, info)] : way;

    private static string IdentityOf(string path, DiskInfo info) => info.Inode ?? Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
