namespace OneFichier.Drive.Tests;

/// <summary>A store that lets somebody else act just before a caller looks for what others recorded.</summary>
internal sealed class RacingStore(IListingStore inner) : IListingStore
{
    private int _looks;

    public Action? OnThirdLook { get; set; }

    public TimeSpan ObservedLag => inner.ObservedLag;

    public ListingState? StateOf(FolderId folder) => inner.StateOf(folder);

    public FolderSnapshot? Read(FolderId folder) => inner.Read(folder);

    public IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name)
    {
        if (++_looks == 3)
            OnThirdLook?.Invoke();
        return inner.FoldersNamed(parent, name);
    }

    public IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name) => inner.FilesNamed(parent, name);

    public IReadOnlyList<ListedFile> FilesOfSize(long size, int most) => inner.FilesOfSize(size, most);

    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes) => inner.SizesHeld(sizes);

    public FolderId? ParentOf(FolderId folder) => inner.ParentOf(folder);

    public DueFolders Due(FolderId start, DateTimeOffset listedBefore, int most) => inner.Due(start, listedBefore, most);

    public void Put(FolderSnapshot snapshot, TimeSpan lag) => inner.Put(snapshot, lag);

    public void PutEmpty(FolderId folder, DateTimeOffset at) => inner.PutEmpty(folder, at);

    public void Apply(IReadOnlyList<OwnWrite> writes) => inner.Apply(writes);

    public void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times) => inner.SetModTimes(times);

    public void Expire(FolderId folder) => inner.Expire(folder);

    public void Vouch(FolderId folder, DateTimeOffset listedAt) => inner.Vouch(folder, listedAt);

    public void Forget(FolderId folder) => inner.Forget(folder);

    public void Dispose() => inner.Dispose();
}
