using System.Runtime.ExceptionServices;
using OneFichier.Transfers;

namespace OneFichier;

/// <summary>Whole files both ways, proven by size and Whirlpool checksum end to end.</summary>
public sealed class TransferClient
{
    /// <summary>Connections the service allows an account in all (1fichier-api §2).</summary>
    public const int ConnectionCeiling = 30;

    private readonly Uploader _uploader;
    private readonly Downloader _downloader;
    private readonly FileClient _files;
    private readonly DownloadClient _downloads;
    private readonly FichierOptions _options;
    private readonly SharedLinks _links;

    internal TransferClient(UploadClient uploads, FileClient files, DownloadClient downloads, FichierOptions options)
    {
        (_files, _downloads, _options) = (files, downloads, options);
        _links = new SharedLinks(downloads, options.Time);
        _uploader = new Uploader(uploads, files, options);
        _downloader = new Downloader(downloads, options, new SemaphoreSlim(ConnectionCeiling, ConnectionCeiling));
    }

    /// <summary>
    /// Sends files into one folder in as few sessions as the service allows: one request for each, however many files are in it. A file that
    /// fails does not stop the others. Nothing is ever stored twice: an accepted session is never sent again, and where it is not known whether one was accepted, what is stored is looked for first.
    /// </summary>
    /// <returns>One outcome for each file, in their order.</returns>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled, and not all files have their outcome. What was sent whole by then was brought to its end first, for ten seconds at most; of the rest nothing is stored.
    /// Where that time was too short, the inner exception is a <see cref="FichierUnavailableException"/> with <see cref="FichierUnavailableException.MayHaveHappened"/>.
    /// </exception>
    public Task<IReadOnlyList<UploadOutcome>> UploadAsync(
        IReadOnlyList<UploadFile> files, UploadSettings settings, UploadBatchOptions? batch = null, IProgress<TransferEvent>? progress = null, CancellationToken cancellationToken = default) =>
        _uploader.SendAsync(files, settings, batch ?? new UploadBatchOptions(), e => progress?.Report(e), cancellationToken);

    /// <summary>Sends one file from disk and returns what is stored, proven.</summary>
    /// <exception cref="FichierException">The file is not stored, or not proven.</exception>
    public async Task<UploadedFile> UploadAsync(string path, FolderId folder = default, CancellationToken cancellationToken = default)
    {
        var outcomes = await UploadAsync([UploadFile.FromDisk(path)], new UploadSettings { Folder = folder }, null, null, cancellationToken).ConfigureAwait(false);
        if (outcomes[0].Error is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return outcomes[0].Stored!;
    }

    /// <summary>
    /// Fetches a file. Bytes gather in <c>path.part</c>, which a later call with the same source continues, in this process or another, after any kind of end; the file appears under its name only whole and proven.
    /// </summary>
    /// <exception cref="FichierIntegrityException">The bytes are not those the service states; nothing is kept under the name.</exception>
    /// <exception cref="IOException">The disk is full, the folder is missing, or another process fetches to the same place.</exception>
    public async Task<DownloadOutcome> DownloadAsync(
        DownloadSource source, string path, DownloadOptions? options = null, IProgress<TransferEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var outcome = await _downloader.FetchAsync(source, Path.GetFullPath(path), options ?? new DownloadOptions(), e => progress?.Report(e), cancellationToken).ConfigureAwait(false);
            progress?.Report(new TransferEnded(Path.GetFileName(path), null));
            return outcome;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            progress?.Report(new TransferEnded(Path.GetFileName(path), e));
            throw;
        }
    }

    /// <summary>Fetches a file of which only the link is known; costs one request more (<c>file/info</c>).</summary>
    public async Task<DownloadOutcome> DownloadAsync(FileLink link, string path, DownloadOptions? options = null, IProgress<TransferEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        var details = await _files.GetAsync(link, options?.Link.Password, cancellationToken).ConfigureAwait(false);
        return await DownloadAsync(DownloadSource.Of(details), path, options, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The direct link that all readers of a file share: the service is asked for one only when there is none that can still be started with (<see cref="DirectLink.Lifetime"/>).</summary>
    public Task<DirectLink> GetLinkAsync(FileLink file, DirectLinkOptions? link = null, CancellationToken cancellationToken = default) => _links.Of(file, link).GetAsync(cancellationToken);

    /// <summary>Opens a file for reading at any place: seeking costs a connection and no request, one direct link serves five minutes of reads, whoever opened the file in that time.</summary>
    public RemoteStream OpenRead(DownloadSource source, DirectLinkOptions? link = null) => OpenRead(source, 0, source.Size, link);

    /// <summary>Opens a part of a file as a stream of its own; nothing beyond it is asked for.</summary>
    /// <param name="source">The file.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="length">How many.</param>
    /// <param name="link">How direct links are asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the file.</exception>
    public RemoteStream OpenRead(DownloadSource source, long from, long length, DirectLinkOptions? link = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, source.Size - length);
        return new RemoteStream(_downloads, _links.Of(source.Link, link), (from, length, source.Size), _options);
    }
}
