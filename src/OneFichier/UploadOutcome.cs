namespace OneFichier;

/// <summary>What became of one file of an upload.</summary>
/// <param name="File">The file.</param>
public sealed record UploadOutcome(UploadFile File)
{
    /// <summary>What is stored; <see langword="null"/> when nothing is.</summary>
    public UploadedFile? Stored { get; init; }

    /// <summary>Whirlpool of the bytes sent, computed while sending.</summary>
    public WhirlpoolHash? Checksum { get; init; }

    /// <summary>Whether the service's size and checksum were compared with what was sent, and are equal.</summary>
    public bool Proven { get; init; }

    /// <summary>Why the file is not stored, or not proven.</summary>
    public Exception? Error { get; init; }

    /// <summary>For outcomes of an upload that returns when it is cancelled (<see cref="UploadBatchOptions.ReturnsWhenCancelled"/>).</summary>
    /// <returns>The outcomes, if none was cancelled.</returns>
    /// <exception cref="OperationCanceledException">One was; first one of which it is not known whether it is stored.</exception>
    public static IReadOnlyList<UploadOutcome> ThrowIfCancelled(IReadOnlyList<UploadOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Select(o => o.Error).OfType<OperationCanceledException>().MaxBy(e => e.InnerException is not null) is { } cancelled ? throw cancelled : outcomes;
    }
}

/// <summary>How an upload of many files goes about it.</summary>
public sealed record UploadBatchOptions
{
    /// <summary>Sessions at the same time; default 3.</summary>
    public int Sessions { get; init; } = 3;

    /// <summary>Files in one session at most; default <see cref="UploadLimits.Files"/>.</summary>
    public int FilesPerSession { get; init; } = UploadLimits.Files;

    /// <summary>A session of several files is closed at this many bytes, since a broken one is sent again whole; default 1 GiB. A larger file has a session of its own.</summary>
    public long BytesPerSession { get; init; } = 1L << 30;

    /// <summary>How long to wait for the report of a session before its files are looked for in the folder; default five minutes.</summary>
    public TimeSpan ReportPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a cancelled upload returns what became of each file, instead of throwing: the error of one that was broken off is an <see cref="OperationCanceledException"/>. Nothing is stored of it,
    /// unless that has an inner <see cref="FichierUnavailableException"/> with <see cref="FichierUnavailableException.MayHaveHappened"/>. Default false.
    /// </summary>
    public bool ReturnsWhenCancelled { get; init; }

    /// <summary>Told of every session before it is sent and of what becomes of it; default nobody.</summary>
    public IUploadJournal? Journal { get; init; }
}
