using OneFichier.Hashing;

namespace OneFichier.Drive.Local;

/// <summary>Opens and hashes files of the disk.</summary>
internal sealed class DiskReader(DiskTree tree, LocalVolumeOptions options)
{
    private const int BufferSize = 256 * 1024;

    // A file changed again within one step of the disk's clock shows the same time; the coarsest step in use is FAT's.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(2);

    /// <param name="path">The file.</param>
    /// <param name="range">The part.</param>
    /// <param name="listed">What it was listed as, if it must still be that.</param>
    public Stream Open(VolumePath path, ByteRange range, Entry? listed = null)
    {
        var place = Place(path);
        var handle = File.OpenHandle(place.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        try
        {
            var stamp = DiskStamp.Of(handle);
            if (listed is not null && !stamp.IsOf(listed))
                throw new FichierSourceException(path.ToString(), "has changed since it was listed");
            var length = range.LengthIn(stamp.Size);
            return new DiskStream(handle, path, range.Offset, length, length == stamp.Size ? stamp : null);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public async ValueTask<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead, CancellationToken cancellationToken)
    {
        var place = Place(file.Path);
        var key = KeyOf(place.Path, place.Info!);
        var listed = file.ModTime is null ? null : file;
        if (listed is not null && (listed.Size != key.Size || listed.ModTime!.Value.UtcTicks != key.ModTicks))
            throw new FichierSourceException(file.Path.ToString(), "has changed since it was listed");
        if (options.HashCache?.Find(key) is { } known)
        {
            bytesRead?.Report(key.Size);
            return known;
        }

        var begun = options.Time.GetUtcNow();
        await using var stream = Open(file.Path, default, place.Info!.At(file.Path));
        var checksum = await HashAsync(stream, bytesRead, cancellationToken);
        Remember(place.Path, place.Info, checksum, begun);
        return checksum;
    }

    /// <summary>Takes note of the checksum of what was read, or written, at that time.</summary>
    public void Remember(string path, DiskInfo info, WhirlpoolHash checksum, DateTimeOffset at)
    {
        if (at - info.ModTime > ClockStep)
            options.HashCache?.Remember(KeyOf(path, info), checksum);
    }

    private static HashedFile KeyOf(string path, DiskInfo info) => new(path, info.Size, info.ModTime.UtcTicks, info.Inode);

    private static async Task<WhirlpoolHash> HashAsync(Stream stream, IProgress<long>? bytesRead, CancellationToken cancellationToken)
    {
        using var whirlpool = new Whirlpool();
        var buffer = new byte[BufferSize];
        for (var done = 0L; await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read; bytesRead?.Report(done += read))
            whirlpool.AppendData(buffer.AsSpan(0, read));
        return whirlpool.GetCurrentHash();
    }

    private DiskPlace Place(VolumePath path) =>
        tree.LocateShown(path) is { Info.Kind: DiskKind.File } place ? place : throw new PathNotFoundException(path, EntryKind.File);
}
