namespace OneFichier.Drive;

/// <summary>
/// The memory of what the folders of one account hold, so that looking costs no request. It never asks the service; it remembers what others tell it.
/// </summary>
/// <remarks>
/// <para>Any number of threads may use a store at once, and where the store lives on disk, any number of processes: what one writes the others read with their next call.
/// Each call is atomic: it is seen whole or not at all, also after a crash.</para>
/// <para>A store MAY forget anything at any time (a damaged file, a full disk): that costs requests, never truth. It MUST NOT remember what it was not told, and
/// MUST keep every file of a name and every folder of a name.</para>
/// <para>Names are compared character by character as they decode, so lone surrogates standing for bytes that are not UTF-8 survive.</para>
/// </remarks>
public interface IListingStore : IDisposable
{
    /// <summary>The longest a listing has been seen to lag behind an own write; zero while none has.</summary>
    TimeSpan ObservedLag { get; }

    /// <summary>What is known about the listing of a folder; <see langword="null"/> when it was never listed, which says nothing about what is in it.</summary>
    ListingState? StateOf(FolderId folder);

    /// <summary>All that is remembered of a folder; <see langword="null"/> when it was never listed.</summary>
    FolderSnapshot? Read(FolderId folder);

    /// <summary>The folders of that name in a folder, the one with the lowest number first; none when none is remembered.</summary>
    IReadOnlyList<RemoteFolder> FoldersNamed(FolderId parent, string name);

    /// <summary>The files of that name in a folder, newest first; none when none is remembered.</summary>
    IReadOnlyList<ListedFile> FilesNamed(FolderId parent, string name);

    /// <summary>
    /// Files of exactly that many bytes, anywhere in the account: where content that is already there may be found. They are remembered, not proven; a caller compares
    /// checksums and is ready for one that is gone.
    /// </summary>
    /// <param name="size">Bytes.</param>
    /// <param name="most">How many are told at most; which, when there are more, is arbitrary.</param>
    IReadOnlyList<ListedFile> FilesOfSize(long size, int most);

    /// <summary>Which of these sizes some remembered file has: asks about many at once before <see cref="FilesOfSize"/> is worth it for any.</summary>
    IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes);

    /// <summary>The folder a folder was last seen in; <see langword="null"/> when it was not seen.</summary>
    FolderId? ParentOf(FolderId folder);

    /// <summary>
    /// The remembered folders at and below one that have no listing, a doubtful one, or one from before an instant: those never listed first, then the oldest.
    /// </summary>
    /// <param name="start">Where to begin; counts as remembered.</param>
    /// <param name="listedBefore">What is from this instant or later is not due.</param>
    /// <param name="most">How many are named at most.</param>
    DueFolders Due(FolderId start, DateTimeOffset listedBefore, int most);

    /// <summary>
    /// Remembers a listing in the place of the one before. Own writes not older than <paramref name="lag"/> at the time of the listing win over it; older ones are forgotten, and
    /// so are those it confirms. Modification times are kept for files that stay. A listing older than the remembered one is ignored; an incomplete one removes nothing.
    /// </summary>
    void Put(FolderSnapshot snapshot, TimeSpan lag);

    /// <summary>
    /// Remembers that a folder was just made and is empty, as if it had been listed. Ignored when anything is remembered of it already.
    /// </summary>
    void PutEmpty(FolderId folder, DateTimeOffset at);

    /// <summary>Applies own writes, in order. What was listed stays as fresh as it was.</summary>
    void Apply(IReadOnlyList<OwnWrite> writes);

    /// <summary>
    /// Remembers when contents were last changed; <see cref="Put"/> keeps that as long as the file stays. Files that are not remembered in that folder are passed over.
    /// </summary>
    void SetModTimes(IReadOnlyList<(FolderId Folder, FileLink Link, DateTimeOffset ModTime)> times);

    /// <summary>Marks what is remembered of a folder as doubtful; it stays readable.</summary>
    void Expire(FolderId folder);

    /// <summary>Takes an <see cref="Expire"/> back: what is remembered can be relied on again, if it still is the listing of that instant.</summary>
    void Vouch(FolderId folder, DateTimeOffset listedAt);

    /// <summary>Forgets what is in a folder that is no more. The folder itself stays in the listing of its parent until that is told.</summary>
    void Forget(FolderId folder);
}
