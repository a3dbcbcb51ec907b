using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Bench;

/// <summary>Folders in three floors, each with the same number of files, as listings would tell of them.</summary>
internal sealed class IndexFill(int folders, int filesPerFolder)
{
    private const int Branches = 30;

    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public int Folders => folders;

    public long Files => (long)folders * filesPerFolder;

    public static RemoteFolder Folder(int number) => new() { Id = new FolderId(number), Name = $"Folder {number:D6}", StoredName = $"Folder {number:D6}" };

    public static string FileName(int number) => $"Some file with a name of usual length {number:D5}.jpg";

    public FolderSnapshot Snapshot(int number, int change = 0)
    {
        var children = Enumerable.Range((number * Branches) + 1, Branches).Where(c => c < folders);
        return new FolderSnapshot(new FolderId(number), Noon.AddSeconds(change), [.. children.Select(Folder)], [.. Enumerable.Range(0, filesPerFolder).Select(n => File(number, n, n < change))]);
    }

    public void Put(IListingStore store)
    {
        for (var number = 0; number < folders; number++)
            store.Put(Snapshot(number), TimeSpan.Zero);
    }

    private static ListedFile File(int folder, int number, bool changed)
    {
        var name = FileName(number);
        var hash = SHA512.HashData(Encoding.UTF8.GetBytes($"{folder}/{number}/{changed}"));
        return new ListedFile(new RemoteFile
        {
            Link = FileLink.FromId($"{Convert.ToHexStringLower(hash.AsSpan(0, 5))}{folder:x5}{number:x4}"),
            Name = name,
            StoredName = name,
            Size = (BitConverter.ToUInt32(hash) % 10_000_000) + 1,
            Checksum = WhirlpoolHash.FromBytes(hash),
            Uploaded = Noon.AddSeconds(-number),
            ContentType = "image/jpeg",
        });
    }
}
