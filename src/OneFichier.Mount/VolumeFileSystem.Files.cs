using OneFichier.Drive;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

public sealed partial class VolumeFileSystem
{
    private const OpenIntent Access = OpenIntent.WriteOnly | OpenIntent.ReadWrite;

    /// <inheritdoc/>
    public async ValueTask<FuseOpened> OpenAsync(ulong node, OpenIntent flags, CancellationToken cancellationToken)
    {
        var target = _nodes[node];
        var write = (flags & Access) != OpenIntent.ReadOnly || flags.HasFlag(OpenIntent.Truncate);
        if (write)
            RefuseIfReadOnly();
        if (target.Unlinked)
            return await OpenAgainAsync(target, write, flags.HasFlag(OpenIntent.Truncate), cancellationToken);
        var options = new OpenFileOptions { Write = write, Truncate = flags.HasFlag(OpenIntent.Truncate) };
        var file = await AtAsync(target, null, async path => await _files.OpenFileAsync(path, options, cancellationToken), cancellationToken);
        if (options.Truncate)
            target.Parent?.Changed();
        return Open(new OpenedFile(target, file, write));
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(ulong handle, Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        _open[handle].File.ReadAsync(buffer, offset, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ulong handle, ReadOnlyMemory<byte> data, long offset, CancellationToken cancellationToken)
    {
        var opened = Writable(handle);
        await opened.File.WriteAsync(data, offset, cancellationToken);
        opened.Node.Parent?.Changed();
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(ulong handle, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask SyncAsync(ulong handle, CancellationToken cancellationToken)
    {
        if (_open[handle] is { Writable: true } opened)
            await opened.File.SyncAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(ulong handle)
    {
        if (_open.Remove(handle) is not { } opened)
            return;
        opened.Node.Seen = StampOf(opened.File.Entry);
        opened.Node.Closed(opened);
        await opened.CloseAsync();
    }

    /// <inheritdoc/>
    public ValueTask<long> SeekAsync(ulong handle, long offset, bool hole, CancellationToken cancellationToken)
    {
        var size = _open[handle].File.Entry.Size;
        return offset >= size ? throw new FuseException(Errno.ENXIO) : ValueTask.FromResult(hole ? size : offset);
    }

    /// <inheritdoc/>
    public async ValueTask AllocateAsync(ulong handle, long length, CancellationToken cancellationToken)
    {
        var opened = Writable(handle);
        if (opened.File.Entry.Size < length)
            await opened.File.SetLengthAsync(length, cancellationToken);
        opened.Node.Parent?.Changed();
    }

    private OpenedFile Writable(ulong handle) => _open[handle] is { Writable: true } opened ? opened : throw new FuseException(Errno.EBADF);

    /// <summary>As a program does by way of <c>/proc/self/fd</c>: a file without a name can only be what somebody has open.</summary>
    private async ValueTask<FuseOpened> OpenAgainAsync(Node node, bool write, bool truncate, CancellationToken cancellationToken)
    {
        if (node.AnyOpen() is not { } opened || (write && !opened.Writable))
            throw new FuseException(Errno.ENOENT);
        if (truncate)
            await opened.File.SetLengthAsync(0, cancellationToken);
        return Open(opened.Again(write));
    }

    private FuseOpened Open(OpenedFile opened)
    {
        var (node, stamp) = (opened.Node, StampOf(opened.File.Entry));
        var same = node.AnyOpen() is not null || node.Seen == stamp;
        node.Seen = stamp;
        node.Opened(opened);
        return new FuseOpened(_open.Add(opened), same);
    }

    private static ContentStamp StampOf(Entry entry) => new(entry.Id, entry.Size, entry.ModTime);
}
