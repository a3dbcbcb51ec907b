namespace OneFichier.Drive.Sync;

/// <summary>Refuses trees that lie in each other, unless the filter leaves the inner one out, as rclone does.</summary>
internal static class Overlap
{
    public static void Refuse(SyncTree source, SyncTree destination, SyncOptions options)
    {
        if (Meet(source, destination, options.Filter))
            throw new OverlapException($"The source '{Shown(source)}' and the destination '{Shown(destination)}' lie in each other. Choose others, or exclude the inner one.");
        if (options.BackupFolder is not { } backup)
            return;
        var tree = destination with { Root = backup };
        if (Meet(destination, tree, options.Filter))
            throw new OverlapException($"The backup folder '{Shown(tree)}' and the destination '{Shown(destination)}' lie in each other. Choose another, or exclude it.");
        if (Meet(source, tree, options.Filter))
            throw new OverlapException($"The backup folder '{Shown(tree)}' and the source '{Shown(source)}' lie in each other. Choose another, or exclude it.");
    }

    private static string Shown(SyncTree tree) => tree.Volume.Feature<IOnDisk>()?.DiskPath(tree.Root) ?? (tree.Root.IsRoot ? "/" : tree.Root.ToString());

    private static bool Meet(SyncTree first, SyncTree second, TreeFilter filter)
    {
        var (one, other) = (Whole(first), Whole(second));
        if (ReferenceEquals(one.Volume, other.Volume))
            return Meet(one.Root, other.Root, filter);
        return DiskPath(one) is { } left && DiskPath(other) is { } right && Meet(left, right, filter);
    }

    /// <summary>A folder that is shown as a volume of its own, as the folder it is.</summary>
    private static SyncTree Whole(SyncTree tree)
    {
        while (tree.Volume is SubVolume part)
            tree = new SyncTree(part.Inner, part.Folder.Combine(tree.Root));
        return tree;
    }

    private static bool Meet(VolumePath one, VolumePath other, TreeFilter filter) =>
        other.IsWithin(one) ? TakesPart(one, other, filter) : one.IsWithin(other) && TakesPart(other, one, filter);

    private static bool TakesPart(VolumePath outer, VolumePath inner, TreeFilter filter)
    {
        var path = VolumePath.Root;
        foreach (var name in inner.Segments.Skip(outer.Segments.Count))
        {
            path = path.Combine(name);
            if (!filter.Enters(path))
                return false;
        }

        return true;
    }

    private static VolumePath? DiskPath(SyncTree tree) =>
        tree.Volume.Feature<IOnDisk>()?.DiskPath(tree.Root) is { } path ? VolumePath.Parse(Path.GetFullPath(path)) : null;
}
