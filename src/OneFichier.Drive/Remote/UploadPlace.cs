using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Remote;

/// <summary>
/// Makes sure that files went where they were sent: the service silently takes the root for a folder that is no more (1fichier-api §3.3). Costs one listing, and only where the last one that
/// saw the folder is older than what proves anything.
/// </summary>
internal sealed class UploadPlace(VolumeContext volume, VolumePath path, FolderId folder)
{
    private readonly DateTimeOffset? _seen = volume.Tree.Context.Store.StateOf(folder)?.ListedAt;

    /// <summary>Whether nothing is made sure of, since somebody else does.</summary>
    public bool Unlooked { get; init; }

    /// <returns>The folder they are in now.</returns>
    public async Task<FolderId> ConfirmAsync(IReadOnlyList<FileLink> files, CancellationToken cancellationToken)
    {
        var tree = volume.Tree.Context;
        if (Unlooked || files.Count == 0 || folder == FolderId.Root || _seen >= tree.ProofFrom(tree.Now))
            return folder;
        var ids = files.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var sent = tree.Store.Read(folder)?.Files.Where(f => ids.Contains(f.Link.Id)).ToList() ?? [];
        try
        {
            await volume.Tree.ListAsync(folder, Refresh.Always, cancellationToken);
            return folder;
        }
        catch (PathNotFoundException)
        {
            volume.Options.Logger?.LogWarning("The folder '{Path}' was removed by somebody while files were sent into it; it is made again.", path);
            return await BringBackAsync(sent, cancellationToken);
        }
    }

    private async Task<FolderId> BringBackAsync(IReadOnlyList<ListedFile> sent, CancellationToken cancellationToken)
    {
        var again = await volume.FolderAsync(path, cancellationToken);
        var strays = sent.Select(f => new RemoteEntry(VolumePath.Root.Combine(PathNames.ToSegment(f.Name)), FolderId.Root, f)).ToList();
        await volume.Tree.MoveFilesAsync(strays, again, NameClash.KeepBoth, cancellationToken);
        return again;
    }
}
