using OneFichier.Drive.Remote;

namespace OneFichier.Drive;

/// <summary>Files that are known by their links alone, as those of a public share, side by side in a folder that cannot be changed.</summary>
public sealed class LinkedVolume : IVolume, IFileFetcher
{
    private readonly FichierClient _client;
    private readonly DirectLinkOptions? _link;
    private readonly FolderContents _contents;

    private LinkedVolume(FichierClient client, IEnumerable<Entry> files, DirectLinkOptions? link)
    {
        (_client, _link) = (client, link);
        var named = files.GroupBy(f => f.Path).OrderBy(g => g.Key.Name, StringComparer.Ordinal).ToList();
        _contents = new FolderContents([.. named.Select(g => g.First())]) { Hidden = [.. named.SelectMany(g => g.Skip(1))] };
    }

    /// <summary>The files of a public share (1fichier-api §4.1); folders in it are never listed by the service.</summary>
    /// <param name="client">The client; files are fetched with its account.</param>
    /// <param name="share">The share.</param>
    /// <param name="link">How direct links are asked for; its password is that of the share and of the files.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FichierNotFoundException">There is no such share.</exception>
    /// <exception cref="FichierAccessException">The share asks for a password, or for another one.</exception>
    public static async Task<LinkedVolume> OfShareAsync(FichierClient client, ShareLink share, DirectLinkOptions? link = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var files = await client.Shares.ListAsync(share, link?.Password, cancellationToken);
        return new LinkedVolume(client, files.Select(f => Of(f.Name, f.Link) with { Size = f.Size }), link);
    }

    /// <summary>The file behind a page link.</summary>
    /// <exception cref="FichierNotFoundException">No file has this link.</exception>
    /// <exception cref="FichierAccessException">A password is needed, or the file is restricted.</exception>
    public static async Task<LinkedVolume> OfFileAsync(FichierClient client, FileLink file, DirectLinkOptions? link = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new LinkedVolume(client, [Of(await client.Files.GetAsync(file, link?.Password, cancellationToken))], link);
    }

    /// <summary>The files, each under its name.</summary>
    public IReadOnlyList<Entry> Files => _contents.Entries;

    /// <inheritdoc/>
    public VolumeTraits Traits { get; } = new() { Checksums = true, Metered = true };

    /// <inheritdoc/>
    public ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(path.IsRoot ? new Entry(path, IsFolder: true) : Files.FirstOrDefault(f => f.Path == path));

    /// <inheritdoc/>
    public Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
        folder.IsRoot ? Task.FromResult(_contents) : throw new PathNotFoundException(folder, EntryKind.Folder);

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        var entry = await FindAsync(file, cancellationToken) is { IsFolder: false } found ? found : throw new PathNotFoundException(file, EntryKind.File);
        var length = range.LengthIn(entry.Size);
        return length == 0 ? Stream.Null : _client.Transfers.OpenRead(new DownloadSource(entry.Link!.Value, entry.Size, entry.Checksum), range.Offset, length, _link);
    }

    /// <inheritdoc/>
    public async Task FetchAsync(Entry file, string localPath, FetchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var known = file.Checksum is null ? Of(await _client.Files.GetAsync(file.Link!.Value, _link?.Password, cancellationToken)) : file;
        var named = options?.Progress is { } progress ? new NamedProgress(progress, _ => file.Path.ToString()) : null;
        var download = new DownloadOptions { Link = _link ?? new DirectLinkOptions(), Throttle = options?.Throttle, PartPath = options?.PartPath };
        await _client.Transfers.DownloadAsync(new DownloadSource(known.Link!.Value, known.Size, known.Checksum), localPath, download, named, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default) =>
        Refused(files.Select(f => f.Path));

    /// <inheritdoc/>
    public Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => throw Refusal();

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default) =>
        Refused(moves.Select(m => m.To));

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default) => Refused(paths);

    private static Task<IReadOnlyList<ItemResult>> Refused(IEnumerable<VolumePath> paths) =>
        Task.FromResult<IReadOnlyList<ItemResult>>([.. paths.Select(p => new ItemResult(p) { Error = Refusal() })]);

    private static FichierRejectedException Refusal() => new("What a link leads to can be read and copied, not changed.") { Remedy = "Name the file by its path in your account." };

    private static Entry Of(RemoteFile file)
    {
        var shown = EmptyFile.Shown(file);
        return Of(file.Name, file.Link) with { Size = shown.Size, Checksum = shown.Checksum, Created = file.Uploaded, ContentType = file.ContentType };
    }

    private static Entry Of(string name, FileLink link) => new(VolumePath.Root.Combine(PathNames.ToSegment(name)), IsFolder: false) { Link = link, Id = link.Id };
}
