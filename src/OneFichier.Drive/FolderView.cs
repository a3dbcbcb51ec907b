namespace OneFichier.Drive;

/// <summary>What is in a folder, for somebody to look at.</summary>
public sealed record FolderView
{
    internal FolderView(RemotePath path, FolderSnapshot snapshot, FichierException? failure)
    {
        Path = path;
        Id = snapshot.Folder;
        ListedAt = snapshot.ListedAt;
        Complete = snapshot.Complete;
        Failure = failure;
        All = Sorted(path, snapshot);
        Entries = Newest(All);
    }

    /// <summary>Where the folder was found.</summary>
    public RemotePath Path { get; }

    /// <summary>Its number.</summary>
    public FolderId Id { get; }

    /// <summary>One entry for each name and kind, the newest file of each name, in the order of the names' characters.</summary>
    public IReadOnlyList<RemoteEntry> Entries { get; }

    /// <summary>All entries: every file of a name, newest first, and every folder of a name, lowest number first.</summary>
    public IReadOnlyList<RemoteEntry> All { get; }

    /// <summary>When the service was asked.</summary>
    public DateTimeOffset ListedAt { get; }

    /// <summary>Whether nothing is missing; false when a folder is larger than one listing and could not be proven complete.</summary>
    public bool Complete { get; }

    /// <summary>Why the service could not be asked again, when this is the last good listing in the place of a newer one.</summary>
    public FichierException? Failure { get; }

    /// <summary>Whether this is older than it should be, because the service could not be asked.</summary>
    public bool Stale => Failure is not null;

    private static List<RemoteEntry> Sorted(RemotePath path, FolderSnapshot snapshot) =>
    [
        .. snapshot.Folders.OrderBy(f => f.Id.Value).Select(f => new RemoteEntry(path.Combine(PathNames.ToSegment(f.Name)), snapshot.Folder, f))
            .Concat(ListedFile.NewestFirst(snapshot.Files).Select(f => new RemoteEntry(path.Combine(PathNames.ToSegment(f.Name)), snapshot.Folder, f)))
            .OrderBy(e => e.Name, StringComparer.Ordinal),
    ];

    private static List<RemoteEntry> Newest(IReadOnlyList<RemoteEntry> sorted)
    {
        var shown = new List<RemoteEntry>(sorted.Count);
        foreach (var entry in sorted)
        {
            if (!shown.TakeLastWhile(e => e.Name == entry.Name).Any(e => e.IsFolder == entry.IsFolder))
                shown.Add(entry);
        }

        return shown;
    }
}

file static class ListTails
{
    public static IEnumerable<T> TakeLastWhile<T>(this List<T> list, Func<T, bool> holds)
    {
        for (var i = list.Count - 1; i >= 0 && holds(list[i]); i--)
            yield return list[i];
    }
}
