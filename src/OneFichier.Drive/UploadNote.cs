namespace OneFichier.Drive;

/// <summary>What a journal has to know of a file besides what its session tells.</summary>
/// <param name="ModTime">When its content was last changed.</param>
/// <param name="Replaces">The files that go once it is proven.</param>
internal sealed record UploadNote(DateTimeOffset? ModTime, IReadOnlyList<FileLink> Replaces);

/// <summary>
/// The journals of the sessions of one upload into one folder. Each stays until <see cref="Close"/> says that also what comes after the proof is done; where that is never said,
/// disposal leaves them to whoever looks next.
/// </summary>
internal interface IUploadLog : IUploadJournal, IDisposable
{
    /// <summary>All is done that these journals were kept for.</summary>
    void Close();
}
