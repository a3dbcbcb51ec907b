using System.Collections.Concurrent;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>What is open, by number.</summary>
internal sealed class HandleTable<T> where T : class
{
    private readonly ConcurrentDictionary<ulong, T> _open = new();
    private long _last;

    public T this[ulong handle] => _open.GetValueOrDefault(handle) ?? throw new FuseException(Errno.EBADF);

    public ulong Add(T opened)
    {
        var handle = (ulong)Interlocked.Increment(ref _last);
        _open[handle] = opened;
        return handle;
    }

    public T? Remove(ulong handle) => _open.TryRemove(handle, out var opened) ? opened : null;

    /// <summary>Takes out all that is left.</summary>
    public IReadOnlyList<T> Clear()
    {
        var all = _open.Values.ToList();
        _open.Clear();
        return all;
    }
}
