using OneFichier.Drive.Remote;
using OneFichier.Names;

namespace OneFichier.Drive;

public sealed partial class RemoteVolume : IServerSideCopy, IStoredContent, IFileTimes, IFileFetcher, IVolumeSpace, IDirectLinks, IRemoteFetch, IStorageLimits
{
    private const int AFew = 8;

    /// <summary>Whatever has a page link, of this account or another.</summary>
    public bool CanCopy(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry is { IsFolder: false, Link: not null };
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemResult>> CopyAsync(IReadOnlyList<(Entry Source, VolumePath Target)> copies, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(copies);
        await ReadyAsync(cancellationToken);
        return await new CopyRun(_volume).RunAsync(copies, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The path of an entry is its name alone: where the file lies is not looked up.</remarks>
    public IReadOnlyList<Entry> OfSize(long size) =>
    [
        .. Tree.Context.Store.FilesOfSize(size, AFew).Select(f => _volume.EntryOf(new RemoteEntry(VolumePath.Root.Combine(PathNames.ToSegment(f.Name)), FolderId.Root, f))),
    ];

    /// <inheritdoc/>
    public IReadOnlySet<long> SizesHeld(IReadOnlyCollection<long> sizes) => Tree.Context.Store.SizesHeld(sizes);

    /// <inheritdoc/>
    /// <remarks>With <see cref="TimesMode.Description"/> this asks for each file once whether its description may be written; one that a person wrote is left alone.</remarks>
    public async Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(times);
        await ReadyAsync(cancellationToken);
        return await new TimesRun(_volume).SetAsync(times, cancellationToken);
    }

    /// <summary>
    /// Reads the modification time of a file that another machine wrote into its description, and remembers it. One request (<c>file/info</c>), made only where the time is unknown and
    /// <see cref="TimesMode.Description"/> is in force; never for whole folders, since the service blocks who asks that much.
    /// </summary>
    /// <returns>The entry, with the time if there is one.</returns>
    public async Task<Entry> ReadTimeAsync(Entry file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        await ReadyAsync(cancellationToken);
        return await new TimesRun(_volume).ReadAsync(file, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task FetchAsync(Entry file, string localPath, FetchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        await ReadyAsync(cancellationToken);
        var link = file.Link ?? throw new ArgumentException($"'{file.Path}' has no link to be fetched by.", nameof(file));
        var named = options?.Progress is { } progress ? new NamedProgress(progress, _ => file.Path.ToString()) : null;
        var download = new DownloadOptions { Link = Options.Link, Throttle = options?.Throttle, PartPath = options?.PartPath };
        await Tree.Client.Transfers.DownloadAsync(new DownloadSource(link, file.Size, file.Checksum), localPath, download, named, cancellationToken);
        if (Options.Times != TimesMode.None && (await ReadTimeAsync(file, cancellationToken)).ModTime is { } modTime)
            File.SetLastWriteTimeUtc(localPath, modTime.UtcDateTime);
    }

    /// <inheritdoc/>
    /// <remarks>The account page, as it was at most five minutes ago where the service can be asked within some seconds, and else as it was when it was last seen (1fichier-api §6.8: the quota is on cold storage).</remarks>
    public ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default) => new AccountSpace(Tree.Client.Account, Tree.Context.Time).ReadAsync(cancellationToken);

    /// <summary>Whatever has a page link and some content: of an empty file the service keeps a mark, which is not what is seen here.</summary>
    public bool CanLink(Entry file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file is { IsFolder: false, Link: not null, Size: > 0 };
    }

    /// <inheritdoc/>
    public async Task<DirectLink> LinkAsync(Entry file, CancellationToken cancellationToken = default)
    {
        if (!CanLink(file))
            throw new ArgumentException($"'{file.Path}' has no content of its own on the service.", nameof(file));
        await ReadyAsync(cancellationToken);
        return await Tree.Client.Transfers.GetLinkAsync(file.Link!.Value, Options.Link, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> FetchAsync(IReadOnlyList<Uri> addresses, VolumePath folder, CancellationToken cancellationToken = default)
    {
        var target = await MakeNumberedAsync(folder, cancellationToken);
        return (await Tree.Client.RemoteUploads.AddAsync(addresses, target, cancellationToken: cancellationToken)).Id;
    }

    /// <inheritdoc/>
    public long LargestFile => UploadLimits.FileBytes;

    /// <inheritdoc/>
    public void CheckNames(VolumePath path)
    {
        if (PathNames.TooLong(path) is { } refusal)
            throw new PathTooLongException(refusal.Message);
    }

    /// <summary>The number of a folder, which is made where it is missing.</summary>
    internal async Task<FolderId> MakeNumberedAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return await _volume.FolderAsync(folder, cancellationToken);
    }

    internal RemotePath At(VolumePath path) => _volume.At(path);

    internal Entry EntryOf(RemoteEntry entry) => _volume.EntryOf(entry);

    private RemoteVolumeOptions Options => _volume.Options;
}
