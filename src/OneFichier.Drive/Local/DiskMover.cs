namespace OneFichier.Drive.Local;

/// <summary>Moves and removes files and folders.</summary>
internal sealed class DiskMover(DiskTree tree)
{
    public Entry Move(VolumeMove move, bool replace)
    {
        var (source, inTheWay) = MoveRules.Check(move, p => tree.LocateShown(p)?.Info?.At(p), replace);
        if (move.From == move.To)
            return source;
        var (from, to) = (tree.Locate(move.From), tree.Locate(move.To));
        if (to.Info is { IsShown: false })
            throw new NameTakenException(move.To);
        if (from.Info!.Device != tree.Locate(move.To.Parent).Info?.Device)
            throw new IOException($"'{move.From}' and '{move.To}' lie on two disks, and between them nothing can be moved without copying it.");
        if (inTheWay is { IsFolder: true })
            RemoveFolder(move.To, to.Path);
        try
        {
            if (source.IsFolder)
                Directory.Move(from.Path, to.Path);
            else
                File.Move(from.Path, to.Path, overwrite: inTheWay is not null);
        }
        catch (Exception e) when (inTheWay is { IsFolder: true } && e is IOException or UnauthorizedAccessException)
        {
            Directory.CreateDirectory(to.Path);
            throw;
        }

        return from.Info.At(move.To);
    }

    public Entry? Remove(VolumePath path)
    {
        if (path.IsRoot)
            throw MoveRules.TheRoot();
        var place = tree.LocateShown(path) ?? throw new PathNotFoundException(path, EntryKind.Any);
        if (place.Info!.Kind == DiskKind.Folder)
            RemoveFolder(path, place.Path);
        else
            File.Delete(place.Path);
        return null;
    }

    public Entry SetTime(VolumePath path, DateTimeOffset modTime)
    {
        if (tree.LocateShown(path) is not { Info.Kind: DiskKind.File } place)
            throw new PathNotFoundException(path, EntryKind.File);
        File.SetLastWriteTimeUtc(place.Path, modTime.UtcDateTime);
        return tree.LocateShown(path)?.Info?.At(path) ?? throw new PathNotFoundException(path, EntryKind.File);
    }

    /// <summary>What is not shown counts as content; only what a killed process has left does not.</summary>
    private static void RemoveFolder(VolumePath path, string folder)
    {
        TempFile.Clean(folder, null);
        if (DiskTree.NamesIn(folder).Any())
            throw new FolderNotEmptyException(path);
        Directory.Delete(folder);
    }
}
