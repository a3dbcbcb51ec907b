using System.Collections.Concurrent;

namespace OneFichier.Drive.Local;

/// <summary>Writes new files and makes folders.</summary>
internal sealed class DiskWriter(DiskTree tree, DiskReader reader, LocalVolumeOptions options, Lock gate)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Whose right a set-user-id file is exercised with may have changed with its owner.
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private readonly ConcurrentDictionary<string, bool> _cleaned = new(StringComparer.Ordinal);

    public async ValueTask<Entry?> PutAsync(NewFile file, PutOptions put, CancellationToken cancellationToken)
    {
        if (file.Path.IsRoot)
            throw new NameTakenException(file.Path);
        var folder = MakeFolder(file.Path.Parent);
        var before = Free(folder, file.Path, put.KeepExisting);
        var target = before.Info is { ThroughLink: true } ? File.ResolveLinkTarget(before.Path, returnFinalTarget: true)!.FullName : before.Path;
        var beside = Path.GetDirectoryName(target)!;
        if (_cleaned.TryAdd(beside, true))
            TempFile.Clean(beside, options.Time.GetUtcNow());
        WhirlpoolHash? checksum;
        await using (var temp = TempFile.Create(beside, file.Length, before.Info is null ? null : OwnerOnly))
        {
            checksum = await ProvenCopy.RunAsync(file, temp.Stream, hash: false, put.Progress, cancellationToken);
            Finish(temp, file, before.Info);
            lock (gate)
            {
                Free(folder, file.Path, put.KeepExisting);
                temp.Place(target, replace: !put.KeepExisting);
            }
        }

        if (options.Durable)
            DiskSync.Folder(beside);
        return Written(file, target, checksum);
    }

    /// <exception cref="NameTakenException">Something that is no folder stands in the way.</exception>
    public DiskPlace MakeFolder(VolumePath folder)
    {
        var (place, at) = (tree.Locate(VolumePath.Root), VolumePath.Root);
        if (place.Info is null)
        {
            Directory.CreateDirectory(tree.Root);
            place = tree.Locate(VolumePath.Root);
        }

        RefuseOther(place, at);
        foreach (var name in folder.Segments)
        {
            at = at.Combine(name);
            var child = tree.Child(place, name);
            if (child.Info is null)
            {
                Directory.CreateDirectory(child.Path);
                child = tree.Child(place, name);
            }

            RefuseOther(child, at);
            place = child;
        }

        return place;
    }

    private static void RefuseOther(DiskPlace place, VolumePath path)
    {
        if (place.Info is not { Kind: DiskKind.Folder })
            throw new NameTakenException(path);
    }

    private DiskPlace Free(DiskPlace folder, VolumePath path, bool keep)
    {
        var place = tree.Child(folder, path.Name);
        return place.Info is null || (place.Info.Kind == DiskKind.File && !keep) ? place : throw new NameTakenException(path);
    }

    private void Finish(TempFile temp, NewFile file, DiskInfo? replaced)
    {
        if (file.ModTime is { } time)
            File.SetLastWriteTimeUtc(temp.Stream.SafeFileHandle, time.UtcDateTime);
        if (replaced is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(temp.Stream.SafeFileHandle, replaced.Mode & Permissions);
        if (options.Durable)
            temp.Stream.Flush(flushToDisk: true);
    }

    private Entry Written(NewFile file, string target, WhirlpoolHash? checksum)
    {
        if (DiskStat.Look(target, follow: false) is not { Kind: DiskKind.File } info)
            return new Entry(file.Path, IsFolder: false) { Size = file.Length, ModTime = file.ModTime };
        if (checksum is not null && info.Size == file.Length)
            reader.Remember(target, info, checksum.Value, options.Time.GetUtcNow());
        return info.At(file.Path);
    }
}
