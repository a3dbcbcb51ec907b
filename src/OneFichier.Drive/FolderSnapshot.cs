namespace OneFichier.Drive;

/// <summary>What was in a folder at an instant.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="ListedAt">When the service was asked: what happened before is in it, what happened after may be.</param>
/// <param name="Folders">Its folders.</param>
/// <param name="Files">Its files, duplicates of a name included.</param>
/// <param name="Complete">Whether nothing is missing. What an incomplete snapshot lacks may exist all the same.</param>
public sealed record FolderSnapshot(
    FolderId Folder, DateTimeOffset ListedAt, IReadOnlyList<RemoteFolder> Folders, IReadOnlyList<ListedFile> Files, bool Complete = true);

/// <summary>What is known about the listing of a folder, without the listing.</summary>
/// <param name="ListedAt">When the service was asked.</param>
/// <param name="Complete">Whether nothing is missing.</param>
/// <param name="Expired">Whether something happened since that makes it doubtful: it must be asked for again before it is relied on.</param>
public sealed record ListingState(DateTimeOffset ListedAt, bool Complete, bool Expired);

/// <summary>Folders that should be listed again.</summary>
/// <param name="First">The most urgent ones, in order.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record DueFolders(IReadOnlyList<FolderId> First, int Total);
