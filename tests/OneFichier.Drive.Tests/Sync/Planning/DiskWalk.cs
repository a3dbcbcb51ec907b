using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>What a filter of ours lets through of a folder on disk, entered and listed as the engine does.</summary>
internal static class DiskWalk
{
    public static SortedSet<string> List(string root, TreeFilter filter)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Visit(new DirectoryInfo(root), VolumePath.Root, filter, found);
        return found;
    }

    private static bool Visit(DirectoryInfo folder, VolumePath path, TreeFilter filter, SortedSet<string> found)
    {
        var entries = folder.EnumerateFileSystemInfos().Select(e => ToEntry(e, path)).OrderBy(e => e.Name, StringComparer.Ordinal).ToList();
        if (!filter.Includes(new FolderContents(entries)))
            return false;
        found.UnionWith(entries.Where(e => !e.IsFolder && filter.Includes(e)).Select(e => e.Path.ToString()));
        foreach (var below in entries.Where(e => e.IsFolder && filter.Enters(e.Path)))
        {
            if (Visit(new DirectoryInfo(Path.Combine(folder.FullName, below.Name)), below.Path, filter, found))
                found.Add(below.Path + "/");
        }

        return true;
    }

    private static Entry ToEntry(FileSystemInfo info, VolumePath folder) =>
        new(folder.Combine(info.Name), info is DirectoryInfo) { Size = info is FileInfo file ? file.Length : 0, ModTime = new DateTimeOffset(info.LastWriteTimeUtc) };
}
