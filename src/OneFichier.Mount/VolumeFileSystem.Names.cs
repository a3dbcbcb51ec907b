using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

public sealed partial class VolumeFileSystem
{
    /// <inheritdoc/>
    public async ValueTask<FuseNode?> LookUpAsync(ulong parent, string name, CancellationToken cancellationToken)
    {
        RefuseTooLongToBe(name);
        var folder = _nodes[parent];
        var entry = await AtAsync(folder, name, async path => await _volume.FindAsync(path, cancellationToken), cancellationToken);
        return entry is null ? null : await TakenAsync(folder, name, entry);
    }

    /// <inheritdoc/>
    public async ValueTask<(FuseNode Node, FuseOpened Opened)> CreateAsync(ulong parent, string name, OpenIntent flags, uint mode, CancellationToken cancellationToken)
    {
        RefuseIfReadOnly();
        RefuseTooLong(name);
        var folder = _nodes[parent];
        var options = new OpenFileOptions { Write = true, Create = true, Exclusive = flags.HasFlag(OpenIntent.Exclusive), Truncate = flags.HasFlag(OpenIntent.Truncate) };
        var file = await AtAsync(folder, name, async path => await _files.OpenFileAsync(path, options, cancellationToken), cancellationToken);
        var node = _nodes.Take(folder, name, isFolder: false);
        Born(folder, node, mode);
        return (Shown(node, file.Entry), Open(new OpenedFile(node, file, Writable: true)));
    }

    /// <inheritdoc/>
    public async ValueTask<FuseNode> MakeAsync(ulong parent, string name, uint mode, CancellationToken cancellationToken)
    {
        RefuseIfReadOnly();
        RefuseTooLong(name);
        var folder = _nodes[parent];
        var isFolder = (mode & FuseAttributes.Kind) == FuseAttributes.Folder;
        var entry = await AtAsync(folder, name, path => isFolder ? MadeFolderAsync(path, cancellationToken) : MadeFileAsync(path, cancellationToken), cancellationToken);
        var node = _nodes.Take(folder, name, isFolder);
        Born(folder, node, mode);
        return Shown(node, entry);
    }

    /// <inheritdoc/>
    public async ValueTask RemoveAsync(ulong parent, string name, bool folder, CancellationToken cancellationToken)
    {
        RefuseIfReadOnly();
        var from = _nodes[parent];
        await AtAsync(from, name, async path =>
        {
            ThrowIfFailed(await _volume.RemoveAsync([path], cancellationToken));
            return true;
        }, cancellationToken);
        _nodes.Remove(from, name);
        ContentChanged(from);
    }

    /// <inheritdoc/>
    public async ValueTask RenameAsync((ulong Parent, string Name) from, (ulong Parent, string Name) to, bool keepExisting, CancellationToken cancellationToken)
    {
        RefuseIfReadOnly();
        RefuseTooLong(to.Name);
        var (source, target) = (_nodes[from.Parent], _nodes[to.Parent]);
        await _renames.RunAsync(() => _nodes.PathOf(source, from.Name), () => _nodes.PathOf(target, to.Name), async move =>
        {
            ThrowIfFailed(await _volume.MoveAsync([move], replace: !keepExisting, cancellationToken));
            _nodes.Move(source, from.Name, target, to.Name);
        }, cancellationToken);
        ContentChanged(source);
        ContentChanged(target);
    }

    private async ValueTask<Entry> MadeFolderAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (await _volume.FindAsync(path, cancellationToken) is not null)
            throw new NameTakenException(path);
        await _volume.MakeFolderAsync(path, cancellationToken);
        return new Entry(path, IsFolder: true) { ModTime = _options.Time.GetUtcNow() };
    }

    private async ValueTask<Entry> MadeFileAsync(VolumePath path, CancellationToken cancellationToken)
    {
        await using var file = await _files.OpenFileAsync(path, new OpenFileOptions { Write = true, Create = true, Exclusive = true }, cancellationToken);
        return file.Entry;
    }

    private ValueTask<FuseNode> TakenAsync(Node folder, string name, Entry entry)
    {
        var node = _nodes.Take(folder, name, entry.IsFolder);
        return ValueTask.FromResult(Shown(node, node.AnyOpen()?.File.Entry ?? entry));
    }

    private void Born(Node folder, Node node, uint mode)
    {
        SetLooks(node, new AttributeChange { Mode = mode });
        if (node.IsFolder)
            node.Looks.FolderTime = _options.Time.GetUtcNow();
        ContentChanged(folder);
    }

    private void ContentChanged(Node folder)
    {
        folder.Looks.FolderTime = _options.Time.GetUtcNow();
        folder.Changed();
    }

    // A name that cannot be made may still be looked for: it is known not to be there, unless the volume has it.
    private static void RefuseTooLongToBe(string name)
    {
        if (name.Length > 4 * LongestName)
            throw new FuseException(Errno.ENAMETOOLONG);
    }
}
