namespace OneFichier.Drive;

/// <summary>The abilities of the volume inside, for paths read from the folder. It is asked only for those the volume has.</summary>
internal sealed class SubVolumeFeatures(IVolume inner, SubPaths paths)
    : IServerSideCopy, IStoredContent, IContentHasher, IFileTimes, IFileFetcher, IListedContent, IOnDisk, IVolumeSpace, IDirectLinks, IRemoteFetch, IStorageLimits
{
    public bool CanCopy(Entry entry) => inner.Feature<IServerSideCopy>()!.CanCopy(paths.Down(entry));

    public Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default) =>
        paths.EachAsync(
            copies, c => (c.Target, c.Target.IsRoot ? new NameTakenException(c.Target) : null),
            some => inner.Feature<IServerSideCopy>()!.CopyAsync([.. some.Select(c => (paths.Down(c.Source), paths.Down(c.Target)))], cancellationToken));

    public IReadOnlyList<Entry> OfSize(long size) => paths.Up(inner.Feature<IStoredContent>()!.OfSize(size));

    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes) => inner.Feature<IStoredContent>()!.SizesHeld(sizes);

    public Task<WhirlpoolHash> HashAsync(Entry file, IProgress<long>? bytesRead = null, CancellationToken cancellationToken = default) =>
        paths.SayAsync(() => inner.Feature<IContentHasher>()!.HashAsync(paths.Down(file), bytesRead, cancellationToken));

    public Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default) =>
        paths.EachAsync(
            times, t => (t.File.Path, null),
            some => inner.Feature<IFileTimes>()!.SetTimesAsync([.. some.Select(t => (paths.Down(t.File), t.ModTime))], cancellationToken));

    public Task FetchAsync(Entry file, string localPath, FetchOptions? options = null, CancellationToken cancellationToken = default) =>
        paths.SayAsync(async () =>
        {
            var below = options is { Progress: { } progress } ? options with { Progress = paths.Down(progress) } : options;
            await inner.Feature<IFileFetcher>()!.FetchAsync(paths.Down(file), localPath, below, cancellationToken);
            return true;
        });

    public Task<Stream> OpenAsync(Entry file, CancellationToken cancellationToken = default) =>
        paths.SayAsync(() => inner.Feature<IListedContent>()!.OpenAsync(paths.Down(file), cancellationToken));

    public ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default) => inner.Feature<IVolumeSpace>()!.SpaceAsync(cancellationToken);

    public bool CanLink(Entry file) => inner.Feature<IDirectLinks>()!.CanLink(paths.Down(file));

    public Task<DirectLink> LinkAsync(Entry file, CancellationToken cancellationToken = default) =>
        paths.SayAsync(() => inner.Feature<IDirectLinks>()!.LinkAsync(paths.Down(file), cancellationToken));

    public Task<long> FetchAsync(IReadOnlyList<Uri> addresses, VolumePath folder, CancellationToken cancellationToken = default) =>
        paths.SayAsync(() => inner.Feature<IRemoteFetch>()!.FetchAsync(addresses, paths.Down(folder), cancellationToken));

    public long LargestFile => inner.Feature<IStorageLimits>()!.LargestFile;

    public void CheckNames(VolumePath path) => inner.Feature<IStorageLimits>()!.CheckNames(paths.Down(path));

    public string DiskPath(VolumePath path) => inner.Feature<IOnDisk>()!.DiskPath(paths.Down(path));

    public string PartPath(VolumePath file) => inner.Feature<IOnDisk>()!.PartPath(paths.Down(file));
}
