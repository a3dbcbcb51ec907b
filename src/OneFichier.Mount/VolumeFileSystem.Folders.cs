using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

public sealed partial class VolumeFileSystem
{
    /// <inheritdoc/>
    public ValueTask<ulong> OpenFolderAsync(ulong node, CancellationToken cancellationToken)
    {
        var folder = _nodes[node];
        return folder.IsFolder ? ValueTask.FromResult(_openFolders.Add(new OpenedFolder(folder))) : throw new FuseException(Errno.ENOTDIR);
    }

    /// <inheritdoc/>
    public void ReleaseFolder(ulong handle) => _openFolders.Remove(handle);

    /// <inheritdoc/>
    public async ValueTask ReadFolderAsync(ulong handle, FolderPage page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var opened = _openFolders[handle];
        if (opened.Node.Unlinked)
            return;
        if (page.Offset == 0 || opened.Listing is null)
            opened.Listing = await ListAsync(opened.Node, cancellationToken);
        var folder = opened.Node;
        if (page.Offset == 0 && page.HasRoom(1))
            page.Add("."u8, 1, folder.Inode, FuseAttributes.Folder, default);
        if (page.Offset <= 1 && page.HasRoom(2))
            page.Add(".."u8, 2, (folder.Parent ?? folder).Inode, FuseAttributes.Folder, default);
        Fill(page, folder, opened.Listing);
    }

    private async ValueTask<FolderListing> ListAsync(Node folder, CancellationToken cancellationToken)
    {
        var changes = folder.Changes;
        var contents = await AtAsync(folder, null, async path => await _volume.ListAsync(path, cancellationToken), cancellationToken);
        return FolderListing.Of(contents, changes);
    }

    private void Fill(FolderPage page, Node folder, FolderListing listing)
    {
        var entries = listing.Entries;
        for (var at = (int)Math.Max(0, page.Offset - 2); at < entries.Count; at++)
        {
            var (name, entry) = entries[at];
            if (!page.HasRoom(name.Length))
                return;
            var mode = entry.IsFolder ? FuseAttributes.Folder : FuseAttributes.File;
            // Attributes of a listing older than a change would undo it in the kernel's eyes.
            if (page.Plus && folder.Changes == listing.Changes)
            {
                var node = _nodes.Take(folder, entry.Name, entry.IsFolder);
                page.Add(name, at + 3, node.Inode, mode, Shown(node, node.AnyOpen()?.File.Entry ?? entry));
            }
            else
            {
                page.Add(name, at + 3, _nodes.Peek(folder, entry.Name)?.Inode ?? NodeTable.InodeOf(entry.Path), mode, default);
            }
        }
    }
}
