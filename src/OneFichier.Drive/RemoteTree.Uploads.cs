namespace OneFichier.Drive;

public sealed partial class RemoteTree
{
    /// <summary>
    /// Sends files into a folder, proves them and remembers them. From before the first byte until all of them are settled the folder's listing counts as doubtful, so a run
    /// that is killed leaves no false memory: the next one lists the folder before it sends anything again.
    /// </summary>
    /// <returns>One outcome for each file, in their order.</returns>
    public async Task<IReadOnlyList<UploadOutcome>> UploadAsync(FolderUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        var before = _tree.Store.StateOf(upload.Folder);
        _tree.Store.Expire(upload.Folder);
        var settings = upload.Settings with { Folder = upload.Folder };
        var progress = upload.Files.Any(f => f.Length == 0) ? new EmptyFileProgress(upload) : upload.Progress;
        var batch = (upload.Batch ?? new UploadBatchOptions()) with { ReturnsWhenCancelled = true };
        var sent = await Client.Transfers.UploadAsync([.. upload.Files.Select(EmptyFile.Sendable)], settings, batch, progress, cancellationToken);
        UploadOutcome[] outcomes = [.. sent.Zip(upload.Files, AsAsked)];
        RecordUploads(upload.Folder, outcomes.Where(o => o.Stored is not null).Select(o => o.Stored!), upload.ModTime);
        if (before is { Expired: false } && outcomes.All(o => o.Proven || o.Stored is not null || !MayBeStored(o.Error)))
            _tree.Store.Vouch(upload.Folder, before.ListedAt);
        return upload.Batch?.ReturnsWhenCancelled == true ? outcomes : UploadOutcome.ThrowIfCancelled(outcomes);
    }

    /// <summary>
    /// Remembers files the service just took, so that they show without a request. Each is taken for the newest of its name.
    /// </summary>
    /// <param name="folder">The folder they were sent to.</param>
    /// <param name="files">What the report of the upload told.</param>
    /// <param name="modTime">Gives the time a file's content was last changed; it is remembered with the file.</param>
    public void RecordUploads(FolderId folder, IEnumerable<UploadedFile> files, Func<UploadedFile, DateTimeOffset?>? modTime = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        RecordUploads(folder, files, modTime, null);
    }

    /// <summary>As the other; with the time at which they were sent, where others of their names have come since.</summary>
    internal void RecordUploads(FolderId folder, IEnumerable<UploadedFile> files, Func<UploadedFile, DateTimeOffset?>? modTime, DateTimeOffset? sent)
    {
        var now = _tree.Now;
        var newest = files.GroupBy(f => f.Name).ToDictionary(g => g.Key, g => sent ?? Later(now, _tree.Store.FilesNamed(folder, g.Key) is [var held, ..] ? held.Uploaded : null));
        _tree.Store.Apply([.. files.Select(f => new OwnWrite.FileShown(folder, now, Uploaded(f, newest[f.Name], modTime?.Invoke(f))))]);
    }

    /// <summary>Remembers when the contents of files were last changed; the service keeps no such time and is not told.</summary>
    public void SetModTimes(IReadOnlyList<(RemoteEntry File, DateTimeOffset ModTime)> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        _tree.Store.SetModTimes([.. times.Select(t => (t.File.Parent, (t.File.File ?? throw new ArgumentException($"'{t.File.Path}' is a folder; a file is expected here.")).Link, t.ModTime))]);
    }

    /// <summary>What became of an empty file, told of it and not of the marker; what is stored stays as it is stored.</summary>
    private static UploadOutcome AsAsked(UploadOutcome outcome, UploadFile file) =>
        file.Length > 0 ? outcome : outcome with { File = file, Checksum = outcome.Checksum is null ? null : WhirlpoolHash.Empty };

    private static bool MayBeStored(Exception? error) =>
        (error is OperationCanceledException ? error.InnerException : error) is FichierUnavailableException { MayHaveHappened: true } or FichierFloodException or FichierProtocolException;

    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset? known) => known >= now ? known.Value.AddTicks(1) : now;

    private static ListedFile Uploaded(UploadedFile file, DateTimeOffset at, DateTimeOffset? modTime) =>
        new(new RemoteFile { Link = file.Link, Name = file.Name, StoredName = file.StoredName, Size = file.Size, Checksum = file.Checksum, Uploaded = at }) { ModTime = modTime };
}

/// <summary>Files to send into one folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Files">The files. For an empty one the marker is sent (<see cref="EmptyFile"/>).</param>
public sealed record FolderUpload(FolderId Folder, IReadOnlyList<UploadFile> Files)
{
    /// <summary>What is set on the files; its folder is ignored.</summary>
    public UploadSettings Settings { get; init; } = new();

    /// <summary>How sessions are cut.</summary>
    public UploadBatchOptions? Batch { get; init; }

    /// <summary>Told what happens.</summary>
    public IProgress<TransferEvent>? Progress { get; init; }

    /// <summary>Gives the time a file's content was last changed; it is remembered with the file.</summary>
    public Func<UploadedFile, DateTimeOffset?>? ModTime { get; init; }
}

/// <summary>Reports on empty files without the bytes of the marker.</summary>
file sealed class EmptyFileProgress(FolderUpload upload) : IProgress<TransferEvent>
{
    private readonly HashSet<string> _empty = [.. upload.Files.Where(f => f.Length == 0).Select(f => f.Name)];

    public void Report(TransferEvent value) =>
        upload.Progress?.Report(value is TransferAdvanced moved && moved.Total == EmptyFile.Marker.Length && _empty.Contains(moved.Name) ? new TransferAdvanced(moved.Name, 0, 0) : value);
}
