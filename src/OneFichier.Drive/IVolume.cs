namespace OneFichier.Drive;

/// <summary>
/// A tree of whole, immutable files: nothing is edited in place, only put, read, moved or removed. Every face and every tool works on one, whatever is underneath.
/// </summary>
/// <remarks>
/// <para>Paths are compared character by character; case counts and Unicode is not normalised. The root always exists, and can be neither moved nor removed.</para>
/// <para>Methods on lists say what became of each item and throw only when cancelled or called wrongly, so that one bad file never hides what was done with the others.
/// Each item is whole or not at all: after a failure its path shows what was there before, or what was to be there.</para>
/// <para>Any number of threads may use a volume at once. A failure of what is underneath is a <see cref="FichierException"/> or an <see cref="IOException"/>,
/// never an answer that looks like absence.</para>
/// </remarks>
public interface IVolume
{
    /// <summary>What this volume can keep and how it likes to be used.</summary>
    VolumeTraits Traits { get; }

    /// <summary>What is at a path: the folder if there is one, otherwise the file.</summary>
    /// <returns><see langword="null"/> only when it is known that there is nothing.</returns>
    ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default);

    /// <summary>All that is in a folder.</summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default);

    /// <summary>Opens a file, or a part of it. The stream gives exactly the bytes of the range; where they cannot be had it throws, and never ends early.</summary>
    /// <exception cref="PathNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range reaches beyond the file.</exception>
    Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes files, making the folders above them that are missing. One that is there is replaced once the new one is whole: a reader sees the old or the new, and never neither.
    /// A list, because a hundred small files in one call cost a hundredth of a hundred calls.
    /// Cancelled when everything has been sent already, it goes on until it is known what is stored, or a few seconds have passed. It MUST NOT store anything after it has ended, unless it ends with a
    /// <see cref="FichierUnavailableException"/> with <see cref="FichierUnavailableException.MayHaveHappened"/>, or with an <see cref="OperationCanceledException"/> around one.
    /// </summary>
    /// <returns>One result for each file, in their order; one in the place of a folder or below a file is a <see cref="NameTakenException"/>.</returns>
    Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Makes a folder and those above it that are missing; one that is there is taken as it is.</summary>
    /// <exception cref="NameTakenException">A file stands in the way.</exception>
    Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves, renames, or both, in order; no content is read or written. If <paramref name="replace"/> says so, a file takes the place of a file that is there, and a folder that of an
    /// empty folder. The folder it goes to must be there; onto itself is done already.
    /// </summary>
    /// <returns>One result for each move, in their order; a missing source is a <see cref="PathNotFoundException"/>, a place that is taken a <see cref="NameTakenException"/> or
    /// <see cref="FolderNotEmptyException"/>.</returns>
    Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes files and empty folders, in order; name folders after what is in them. Afterwards there is nothing at the path.
    /// </summary>
    /// <returns>One result for each path, in their order; what is not there is a <see cref="PathNotFoundException"/>, a folder with content a <see cref="FolderNotEmptyException"/>.</returns>
    Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default);
}
