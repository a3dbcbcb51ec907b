using System.Globalization;

namespace OneFichier.Drive;

/// <summary>An own write that listings may not show yet.</summary>
/// <param name="Key">The file or folder, as <see cref="ListingMerge.KeyOf(FileLink)"/> writes it.</param>
/// <param name="At">When the service confirmed it.</param>
/// <param name="Gone">Whether the entry left the folder; otherwise it is there as remembered.</param>
/// <param name="Doubted">The greatest age at which a listing contradicted it.</param>
internal sealed record PendingWrite(string Key, DateTimeOffset At, bool Gone, TimeSpan Doubted = default);

/// <summary>What a folder is to be remembered as.</summary>
internal sealed record FolderContent(IReadOnlyCollection<RemoteFolder> Folders, IReadOnlyCollection<ListedFile> Files, IReadOnlyCollection<PendingWrite> Pending)
{
    public static FolderContent Empty { get; } = new([], [], []);
}

/// <summary>Lays own writes that are young enough over a listing that lags behind them.</summary>
internal static class ListingMerge
{
    // Two listings of a folder that cross on the way are minutes apart at most; more than that is a clock that was set back.
    private static readonly TimeSpan LongestCrossing = TimeSpan.FromMinutes(15);

    /// <summary>Whether a newer listing than this one is held already.</summary>
    public static bool IsOutrun(FolderSnapshot fresh, ListingState? held) =>
        held is not null && held.ListedAt > fresh.ListedAt && held.ListedAt - fresh.ListedAt < LongestCrossing;

    public static string KeyOf(FileLink file) => "f" + file.Id;

    public static string KeyOf(FolderId folder) => "d" + folder.Value.ToString(CultureInfo.InvariantCulture);

    public static string KeyOf(OwnWrite write) => write switch
    {
        OwnWrite.FileShown shown => KeyOf(shown.File.Link),
        OwnWrite.FileGone gone => KeyOf(gone.File.Link),
        OwnWrite.FolderShown shown => KeyOf(shown.Child.Id),
        OwnWrite.FolderGone gone => KeyOf(gone.Child),
        _ => throw new ArgumentOutOfRangeException(nameof(write)),
    };

    public static (FolderContent Content, TimeSpan ObservedLag) Merge(FolderContent held, FolderSnapshot fresh, TimeSpan lag)
    {
        var heldFiles = held.Files.ToDictionary(f => KeyOf(f.Link));
        var heldFolders = held.Folders.ToDictionary(f => KeyOf(f.Id));
        var files = new Dictionary<string, ListedFile>(fresh.Files.Count);
        foreach (var file in fresh.Files)
            files[KeyOf(file.Link)] = heldFiles.TryGetValue(KeyOf(file.Link), out var before) && file.ModTime is null ? file with { ModTime = before.ModTime } : file;
        var folders = new Dictionary<string, RemoteFolder>(fresh.Folders.Count);
        foreach (var folder in fresh.Folders)
            folders[KeyOf(folder.Id)] = folder;
        var pending = new List<PendingWrite>();
        var observed = TimeSpan.Zero;
        foreach (var write in held.Pending)
        {
            var kept = write.Key[0] == 'f'
                ? Settle(write, fresh.ListedAt, lag, (heldFiles, files), f => f.Name)
                : Settle(write, fresh.ListedAt, lag, (heldFolders, folders), f => f.Name);
            if (kept is null)
                observed = observed > write.Doubted ? observed : write.Doubted;
            else
                pending.Add(kept);
        }

        if (!fresh.Complete)
        {
            AddMissing(heldFiles, files);
            AddMissing(heldFolders, folders);
        }

        return (new FolderContent(folders.Values, files.Values, pending), observed);
    }

    private static PendingWrite? Settle<T>(
        PendingWrite write, DateTimeOffset listedAt, TimeSpan lag, (Dictionary<string, T> Held, Dictionary<string, T> Listed) sides, Func<T, string> name)
        where T : class
    {
        var mine = write.Gone ? null : sides.Held.GetValueOrDefault(write.Key);
        var theirs = sides.Listed.GetValueOrDefault(write.Key);
        var age = listedAt - write.At;
        var agrees = mine is null ? theirs is null : theirs is not null && name(mine) == name(theirs);
        if (age > lag || (agrees && age >= TimeSpan.Zero))
            return null;
        if (mine is null)
            sides.Listed.Remove(write.Key);
        else if (!agrees)
            sides.Listed[write.Key] = mine;
        return agrees || age <= write.Doubted ? write : write with { Doubted = age };
    }

    private static void AddMissing<T>(Dictionary<string, T> held, Dictionary<string, T> listed)
    {
        foreach (var (key, entry) in held)
            listed.TryAdd(key, entry);
    }
}
