using OneFichier.Names;
using OneFichier.Wire;

namespace OneFichier;

/// <summary>Folders of the account, by number. Names are encoded on the way out and decoded on the way in (<see cref="ServiceName"/>).</summary>
public sealed class FolderClient
{
    private readonly ApiChannel _api;

    internal FolderClient(ApiChannel api) => _api = api;

    /// <summary>
    /// Lists the folders directly in a folder, and with <paramref name="files"/> its files too, in one request (<c>folder/ls</c>). A folder can be
    /// listed once in 30 seconds, <c>file/ls</c> included. There is no recursive listing.
    /// </summary>
    /// <exception cref="FichierNotFoundException">There is no such folder.</exception>
    public async Task<FolderListing> ListAsync(FolderId folder, bool files = true, string? sharingUser = null, CancellationToken cancellationToken = default)
    {
        var request = new FolderListRequest(folder.Value, sharingUser, files ? true : null);
        var answer = await _api.CallAsync(
            new ApiCall("folder/ls", folder, _api.Options.Priority), request, WireJson.Default.FolderListRequest, WireJson.Default.FolderListAnswer, cancellationToken).ConfigureAwait(false);
        return Mapping.Listing(answer, folder, files);
    }

    /// <summary>
    /// Makes a folder (<c>folder/mkdir</c>). What the service does when the name is taken is not known (1fichier-api §6.5): it may refuse, or
    /// answer with the one that exists. Look first.
    /// </summary>
    /// <returns>The number of the new folder.</returns>
    public async Task<FolderId> CreateAsync(string name, FolderId parent = default, string? sharingUser = null, CancellationToken cancellationToken = default)
    {
        var request = new MakeFolderRequest(ServiceName.ForStoring(name), parent.Value, sharingUser);
        var answer = await _api.CallAsync(
            Call("folder/mkdir"), request, (WireJson.Default.MakeFolderRequest, WireJson.Default.MakeFolderAnswer), Repeat.WhenRefused, cancellationToken).ConfigureAwait(false);
        return answer.FolderId is { } id ? new FolderId(id) : throw Mapping.Missing("folder/mkdir", "folder_id");
    }

    /// <summary>Shares a folder publicly or with members, or ends that (<c>folder/share</c>); safe to repeat.</summary>
    /// <returns>The public address, when it has one.</returns>
    public async Task<ShareLink?> ShareAsync(FolderId folder, FolderSharing sharing, CancellationToken cancellationToken = default)
    {
        if (sharing.Password is { Length: > 0 and < 6 })
        {
            throw new ArgumentException("A share password has at least six characters.", nameof(sharing));
        }

        var request = new ShareFolderRequest
        {
            FolderId = folder.Value,
            Share = sharing.Public,
            Pass = sharing.Password,
            Shares = sharing.Grants is { } grants ? [.. grants.Select(g => new ShareGrant { Email = g.Email, Rw = g.Writable && !g.HideLinks, HideLinks = g.HideLinks })] : null,
        };
        var answer = await _api.CallAsync(Call("folder/share"), request, WireJson.Default.ShareFolderRequest, WireJson.Default.ShareFolderAnswer, cancellationToken).ConfigureAwait(false);
        return ShareLink.TryParse(answer.Url, out var link) ? link : null;
    }

    /// <summary>Moves a folder into another (<c>folder/mv</c>).</summary>
    /// <remarks>Sources disagree on whether a new name in the same call makes the service forget the destination (1fichier-api §10.8), so moving and renaming are two calls here.</remarks>
    public Task MoveAsync(FolderId folder, FolderId destination, string? destinationUser = null, CancellationToken cancellationToken = default) =>
        MoveAsync(new MoveFolderRequest { FolderId = folder.Value, DestinationFolderId = destination.Value, DestinationUser = destinationUser }, cancellationToken);

    /// <summary>Renames a folder in its place (<c>folder/mv</c>).</summary>
    public Task RenameAsync(FolderId folder, string name, CancellationToken cancellationToken = default) =>
        MoveAsync(new MoveFolderRequest { FolderId = folder.Value, Rename = ServiceName.ForStoring(name) }, cancellationToken);

    /// <summary>Removes an empty folder (<c>folder/rm</c>); the service refuses one that is not empty.</summary>
    public Task RemoveAsync(FolderId folder, CancellationToken cancellationToken = default) =>
        _api.CallAsync(
            Call("folder/rm"), new RemoveFolderRequest(folder.Value), (WireJson.Default.RemoveFolderRequest, WireJson.Default.PlainAnswer), Repeat.WhenRefused, cancellationToken);

    private Task MoveAsync(MoveFolderRequest request, CancellationToken cancellationToken) =>
        _api.CallAsync(Call("folder/mv"), request, (WireJson.Default.MoveFolderRequest, WireJson.Default.MoveFolderAnswer), Repeat.WhenRefused, cancellationToken);

    private ApiCall Call(string endpoint) => new(endpoint, null, _api.Options.Priority);
}
