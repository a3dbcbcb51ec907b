using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

public sealed partial class VolumeFileSystem
{
    private const uint Permissions = 0xFFF;
    private const uint Everybody = 0x1FF;
    private const uint EverybodyButRun = 0x1B6;

    /// <inheritdoc/>
    public async ValueTask<FuseNode> GetAttributesAsync(ulong node, ulong? handle, CancellationToken cancellationToken) =>
        await ShownAsync(_nodes[node], handle, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<FuseNode> SetAttributesAsync(ulong node, AttributeChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        RefuseIfReadOnly();
        var target = _nodes[node];
        if (change.Size is not null && target.IsFolder)
            throw new FuseException(Errno.EISDIR);
        if (!target.IsFolder && (change.Size ?? (object?)change.ModTime) is not null)
            await ChangeContentAsync(target, change, cancellationToken);
        SetLooks(target, change);
        target.Parent?.Changed();
        return await ShownAsync(target, change.Handle, cancellationToken);
    }

    private async ValueTask ChangeContentAsync(Node node, AttributeChange change, CancellationToken cancellationToken)
    {
        var opened = change.Handle is { } handle && _open[handle] is { Writable: true } given ? given : node.AnyOpen();
        if (opened is { Writable: true })
        {
            await ChangeAsync(opened.File, change, cancellationToken);
            return;
        }

        var options = new OpenFileOptions { Write = true, Truncate = change.Size == 0 };
        await using var file = await AtAsync(node, null, async path => await _files.OpenFileAsync(path, options, cancellationToken), cancellationToken);
        await ChangeAsync(file, change, cancellationToken);
    }

    private static async ValueTask ChangeAsync(IOpenFile file, AttributeChange change, CancellationToken cancellationToken)
    {
        if (change.Size is { } size)
            await file.SetLengthAsync(size, cancellationToken);
        if (change.ModTime is { } time)
            await file.SetModTimeAsync(time, cancellationToken);
    }

    private void SetLooks(Node node, AttributeChange change)
    {
        var looks = node.Looks;
        if (change.Mode is { } mode)
            looks.Mode = (mode & Permissions) == DefaultMode(node.IsFolder) ? null : mode & Permissions;
        if (change.User is { } user)
            looks.User = user == _options.User ? null : user;
        if (change.Group is { } group)
            looks.Group = group == _options.Group ? null : group;
        looks.AccessTime = change.AccessTime ?? looks.AccessTime;
        if (node.IsFolder && change.ModTime is { } time)
            (looks.FolderTime, looks.FolderTimeIsSet) = (time, true);
    }

    private async ValueTask<FuseNode> ShownAsync(Node node, ulong? handle, CancellationToken cancellationToken) =>
        Shown(node, await EntryAsync(node, handle, cancellationToken));

    /// <summary>What is at a node now: of an open file its own word, else the volume's.</summary>
    private async ValueTask<Entry> EntryAsync(Node node, ulong? handle, CancellationToken cancellationToken)
    {
        if (node == _nodes.Root)
            return new Entry(VolumePath.Root, IsFolder: true);
        if (node.AnyOpen() is { } opened)
            return opened.File.Entry;
        if (handle is { } given && !node.IsFolder)
            return _open[given].File.Entry;
        var entry = await AtAsync(node, null, async path => await _volume.FindAsync(path, cancellationToken), cancellationToken);
        return entry is not null && entry.IsFolder == node.IsFolder ? entry : throw new FuseException(Errno.ENOENT);
    }

    private FuseNode Shown(Node node, Entry entry)
    {
        var looks = node.Looks;
        var modified = (node.IsFolder ? looks.FolderTime : null) ?? entry.ModTime ?? entry.Created ?? _born;
        var kind = node.IsFolder ? FuseAttributes.Folder : FuseAttributes.File;
        var attributes = new FuseAttributes(node.Inode, kind | (looks.Mode ?? DefaultMode(node.IsFolder)), node.IsFolder ? 0 : entry.Size)
        {
            // One for a folder says that its subfolders are not counted; find asks nothing more then, least of all for the room.
            Links = node.Unlinked ? 0u : 1u,
            User = looks.User ?? _options.User,
            Group = looks.Group ?? _options.Group,
            ModTime = modified,
            AccessTime = looks.AccessTime ?? modified,
            ChangeTime = modified,
        };
        return new FuseNode(node.Id, attributes, _options.Valid);
    }

    private uint DefaultMode(bool isFolder) => (isFolder ? Everybody : EverybodyButRun) & ~_options.Umask;
}
