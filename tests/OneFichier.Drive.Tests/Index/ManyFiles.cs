namespace OneFichier.Drive.Tests.Index;

/// <summary>A tree of folders, thirty in each, with files of their own number in them.</summary>
internal static class ManyFiles
{
    private const int Branches = 30;

    public static void Remember(IListingStore store, DateTimeOffset at, int folders, int files)
    {
        for (var number = 0; number < folders; number++)
            store.Put(Listing(number, at, folders, files), TimeSpan.Zero);
    }

    public static FolderSnapshot Listing(int number, DateTimeOffset at, int folders, int files)
    {
        var children = Enumerable.Range((number * Branches) + 1, Branches).Where(c => c < folders)
            .Select(c => new RemoteFolder { Id = new FolderId(c), Name = $"folder {c}", StoredName = $"folder {c}" });
        var content = Enumerable.Range(0, files).Select(n => new ListedFile(new RemoteFile
        {
            Link = FileLink.FromId($"f{number:D6}x{n:D6}"),
            Name = $"file {n}",
            StoredName = $"file {n}",
            Size = (number * 1000L) + n,
            Checksum = WhirlpoolHash.Empty,
            Uploaded = at,
        }));
        return new FolderSnapshot(new FolderId(number), at, [.. children], [.. content]);
    }
}
