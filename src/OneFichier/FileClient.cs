using OneFichier.Names;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>Files of the account, by link. Names are encoded on the way out and decoded on the way in (<see cref="ServiceName"/>).</summary>
public sealed class FileClient
{
    private readonly ApiChannel _api;

    internal FileClient(ApiChannel api) => _api = api;

    /// <summary>
    /// Lists the files directly in a folder (<c>file/ls</c>). A folder can be listed once in 30 seconds, <c>folder/ls</c> included; the
    /// <see cref="FolderId.WholeAccount"/> once an hour. At most <see cref="FileListing.Limit"/> files come.
    /// </summary>
    public async Task<FileListing> ListAsync(FolderId folder, FileListFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var request = new FileListRequest(
            folder.Value, filter?.SharingUser, filter?.Before is { } b ? ParisTime.Write(b) : null, filter?.After is { } a ? ParisTime.Write(a) : null);
        var answer = await _api.CallAsync(
            new ApiCall("file/ls", folder, _api.Options.Priority), request, WireJson.Default.FileListRequest, WireJson.Default.FileListAnswer, cancellationToken).ConfigureAwait(false);
        return new FileListing(Mapping.Files(answer.Items));
    }

    /// <summary>
    /// Tells about one file (<c>file/info</c>), one's own or any public one. Not for checking links in bulk: the service blocks addresses that do so (1fichier-api §2).
    /// </summary>
    /// <exception cref="FichierNotFoundException">No file has this link.</exception>
    /// <exception cref="FichierAccessException">A password is needed, or the file is restricted.</exception>
    public async Task<FileDetails> GetAsync(FileLink link, string? password = null, CancellationToken cancellationToken = default) =>
        Mapping.Details(await InfoAsync(new FileInfoRequest { Url = link.Url, Pass = password }, cancellationToken).ConfigureAwait(false), link);

    /// <summary>
    /// Tells about a file by folder and exact name: the only way to a file in a share that hides its links. Such a file has <see cref="FileLink.None"/>.
    /// </summary>
    public async Task<FileDetails> GetAsync(FolderId folder, string name, string? sharingUser = null, CancellationToken cancellationToken = default)
    {
        var request = new FileInfoRequest { FolderId = folder.Value, Filename = ServiceName.Encode(name), SharingUser = sharingUser };
        return Mapping.Details(await InfoAsync(request, cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>Has the service scan a file of less than 5 GB for viruses. An infected file is removed by the service.</summary>
    public async Task<ScanResult> ScanAsync(FileLink link, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _api.CallAsync(Call("file/scan"), new UrlRequest(link.Url), WireJson.Default.UrlRequest, WireJson.Default.ScanAnswer, cancellationToken).ConfigureAwait(false);
            return new ScanResult(true, answer.Message, ParisTime.Parse(answer.Date));
        }
        catch (FichierRejectedException e) when (e.ServiceText is not null && e.Known is null)
        {
            return new ScanResult(false, e.ServiceText, null);
        }
    }

    /// <summary>Removes files (<c>file/rm</c>) in one request; safe to repeat.</summary>
    /// <returns>How many the service says it removed: fewer than asked for when some were gone already, zero when all were.</returns>
    public async Task<int> RemoveAsync(IReadOnlyList<FileRemoval> files, CancellationToken cancellationToken = default)
    {
        if (files.Count == 0)
        {
            return 0;
        }

        var request = new RemoveFilesRequest([.. files.Select(f => new RemoveFileItem(f.Link.Url, f.Code))]);
        try
        {
            var answer = await _api.CallAsync(Call("file/rm"), request, WireJson.Default.RemoveFilesRequest, WireJson.Default.BatchAnswer, cancellationToken).ConfigureAwait(false);
            return (int)(answer.Removed ?? answer.Urls?.Count ?? files.Count);
        }
        catch (FichierNotFoundException)
        {
            return 0;
        }
    }

    /// <inheritdoc cref="RemoveAsync(IReadOnlyList{FileRemoval}, CancellationToken)"/>
    public Task<int> RemoveAsync(IReadOnlyList<FileLink> files, CancellationToken cancellationToken = default) =>
        RemoveAsync([.. files.Select(f => new FileRemoval(f))], cancellationToken);

    /// <summary>Moves files into a folder (<c>file/mv</c>) in one request; links are kept.</summary>
    /// <param name="files">The files.</param>
    /// <param name="destination">The folder they go to.</param>
    /// <param name="rename">
    /// A new name, for a single file. Leave it out when the name stays: the service refuses a name equal to the present one, and ignores it
    /// when the file does not change its folder; use <see cref="RenameAsync"/> then (1fichier-api §3.9).
    /// </param>
    /// <param name="destinationUser">The member who shares the destination; needed for the root of a share.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The links of the files that were moved.</returns>
    public async Task<IReadOnlyList<FileLink>> MoveAsync(
        IReadOnlyList<FileLink> files, FolderId destination, string? rename = null, string? destinationUser = null, CancellationToken cancellationToken = default)
    {
        RefuseRenameOfMany(files, rename);
        if (files.Count == 0)
        {
            return [];
        }

        var request = new MoveFilesRequest(Urls(files), destination.Value, destinationUser, rename is null ? null : ServiceName.ForStoring(rename));
        var answer = await _api.CallAsync(Call("file/mv"), request, (WireJson.Default.MoveFilesRequest, WireJson.Default.BatchAnswer), Repeat.WhenRefused, cancellationToken).ConfigureAwait(false);
        var moved = Mapping.Links(answer.Urls);
        return moved.Count > 0 || answer.Moved == 0 ? moved : files;
    }

    /// <summary>Renames files (<c>file/rename</c>) in one request; links are kept.</summary>
    /// <returns>How many were renamed.</returns>
    /// <exception cref="FichierRejectedException">None was renamed, as when each has its name already.</exception>
    public async Task<int> RenameAsync(IReadOnlyList<FileRename> files, CancellationToken cancellationToken = default)
    {
        if (files.Count == 0)
        {
            return 0;
        }

        var request = new RenameFilesRequest([.. files.Select(f => new RenameFileItem(f.Link.Url, ServiceName.ForStoring(f.Name)))]);
        var answer = await _api.CallAsync(Call("file/rename"), request, (WireJson.Default.RenameFilesRequest, WireJson.Default.RenameAnswer), Repeat.WhenRefused, cancellationToken).ConfigureAwait(false);
        return (int)(answer.Renamed ?? answer.Urls?.Count ?? files.Count);
    }

    /// <summary>
    /// Copies files (<c>file/cp</c>), one's own or any that may be accessed, into a folder in one request. No bytes travel. Each copy has a link of its own.
    /// </summary>
    public async Task<IReadOnlyList<FileCopy>> CopyAsync(IReadOnlyList<FileLink> files, FolderId destination, FileCopyOptions? options = null, CancellationToken cancellationToken = default)
    {
        RefuseRenameOfMany(files, options?.Rename);
        if (files.Count == 0)
        {
            return [];
        }

        var request = new CopyFilesRequest
        {
            Urls = Urls(files),
            FolderId = destination.Value,
            Pass = options?.Password,
            SharingUser = options?.SharingUser,
            Rename = options?.Rename is { } name ? ServiceName.ForStoring(name) : null,
        };
        var answer = await _api.CallAsync(Call("file/cp"), request, (WireJson.Default.CopyFilesRequest, WireJson.Default.CopyAnswer), Repeat.WhenRefused, cancellationToken).ConfigureAwait(false);
        return [.. (answer.Urls ?? []).Select(Copy).OfType<FileCopy>()];
    }

    /// <summary>Sets attributes of files (<c>file/chattr</c>) in one request; safe to repeat.</summary>
    /// <returns>How many were changed.</returns>
    public async Task<int> SetAttributesAsync(IReadOnlyList<FileLink> files, FileAttributeChanges changes, CancellationToken cancellationToken = default)
    {
        RefuseRenameOfMany(files, changes.Name);
        if (changes.Password is { Length: > 0 and < 6 })
        {
            throw new ArgumentException("A file password has at least six characters.", nameof(changes));
        }

        var request = new AttributesRequest
        {
            Urls = Urls(files),
            Filename = changes.Name is { } name ? ServiceName.ForStoring(name) : null,
            Description = changes.Description,
            Pass = changes.Password,
            NoSsl = changes.NoSsl,
            Inline = changes.Inline,
            Cdn = changes.UseCdn,
            Acl = Mapping.Acl(changes.Acl),
        };
        var answer = await _api.CallAsync(Call("file/chattr"), request, WireJson.Default.AttributesRequest, WireJson.Default.BatchAnswer, cancellationToken).ConfigureAwait(false);
        return (int)(answer.Updated ?? answer.Urls?.Count ?? files.Count);
    }

    private Task<FileInfoAnswer> InfoAsync(FileInfoRequest request, CancellationToken cancellationToken) =>
        _api.CallAsync(Call("file/info"), request, WireJson.Default.FileInfoRequest, WireJson.Default.FileInfoAnswer, cancellationToken);

    private ApiCall Call(string endpoint) => new(endpoint, null, _api.Options.Priority);

    private static List<string> Urls(IReadOnlyList<FileLink> files) => [.. files.Select(f => f.Url)];

    private static FileCopy? Copy(CopiedItem item) =>
        FileLink.TryParse(item.FromUrl, out var from) && FileLink.TryParse(item.ToUrl, out var to) ? new FileCopy(from, to) : null;

    private static void RefuseRenameOfMany(IReadOnlyList<FileLink> files, string? rename)
    {
        if (rename is not null && files.Count != 1)
        {
            throw new ArgumentException("A new name can be given for a single file only.", nameof(rename));
        }
    }
}
