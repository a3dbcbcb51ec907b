namespace OneFichier;

/// <summary>
/// Told of every upload session before it can have an effect, so that a run that dies at any point leaves word of what it was about. Whoever keeps such a journal asks,
/// after a death, for the report of each session that was not settled, and sends again only what did not arrive.
/// </summary>
public interface IUploadJournal
{
    /// <summary>A session is about to be sent. When this returns, the intent MUST be where the death of the process does not reach it. May be called from several threads.</summary>
    /// <exception cref="IOException">It cannot be kept. Then nothing is sent, and the session's files fail with this.</exception>
    ValueTask<IUploadRecord> BeginAsync(UploadIntent intent, CancellationToken cancellationToken = default);
}

/// <summary>
/// One session in a journal. Its methods are called in their order, each at most once; one that is never settled died, or was cancelled with everything sent and its end not known in time. They do not fail for want of disk: what could not
/// be noted is found out by asking.
/// </summary>
public interface IUploadRecord
{
    /// <summary>
    /// All files were read, and the last of their bytes are about to leave. Before this the node cannot have had any session whole; from now on it may store the files.
    /// </summary>
    /// <param name="checksums">Whirlpool of what was read, in the order of the files.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReadAsync(IReadOnlyList<WhirlpoolHash> checksums, CancellationToken cancellationToken = default);

    /// <summary>The node accepted: its report can be asked for with this ticket, by any process, for about two hours.</summary>
    ValueTask AcceptedAsync(UploadTicket ticket, CancellationToken cancellationToken = default);

    /// <summary>It is known what became of the session.</summary>
    /// <param name="outcomes">
    /// Of the files whose fate is decided. Of those that are missing nothing is stored, and they are sent again in another session. An outcome whose error is a
    /// <see cref="FichierUnavailableException"/> with <see cref="FichierUnavailableException.MayHaveHappened"/> is of a file that may be stored all the same.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SettledAsync(IReadOnlyList<UploadOutcome> outcomes, CancellationToken cancellationToken = default);
}

/// <summary>A session that is about to be sent.</summary>
/// <param name="Node">The node, and the id under which its report is likely to be found although its ticket was never seen.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Files">The files, in the order in which they are sent.</param>
public sealed record UploadIntent(UploadNode Node, FolderId Folder, IReadOnlyList<UploadFile> Files);
