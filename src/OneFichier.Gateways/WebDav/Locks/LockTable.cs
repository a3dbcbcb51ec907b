using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The locks that are held. They are bounded in number and in time, and end with the process.</summary>
internal sealed class LockTable(WebDavOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DavLock> _byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<VolumePath, List<DavLock>> _byRoot = [];

    /// <summary>Those that a change of this place must respect.</summary>
    public IReadOnlyList<DavLock> Covering(VolumePath path)
    {
        lock (_gate)
            return [.. UpFrom(path).SelectMany(LiveAt).Where(l => l.Covers(path))];
    }

    /// <summary>Those taken on this place or on one below it.</summary>
    public IReadOnlyList<DavLock> Within(VolumePath path)
    {
        lock (_gate)
            return [.. _byToken.Values.Where(l => l.Root.IsWithin(path) && IsLive(l))];
    }

    /// <summary>Takes a lock.</summary>
    /// <returns>The locks in the way; none when it was taken.</returns>
    public IReadOnlyList<DavLock> Take(DavLock wanted)
    {
        lock (_gate)
        {
            var inTheWay = InTheWay(wanted);
            if (inTheWay.Count > 0)
                return inTheWay;
            if (_byToken.Count >= options.MaxLocks)
                Purge();
            if (_byToken.Count >= options.MaxLocks)
                throw new DavException(StatusCodes.Status507InsufficientStorage);
            Add(wanted);
            return [];
        }
    }

    /// <summary>Begins the time of a lock anew.</summary>
    /// <returns><see langword="null"/> when it is no longer held.</returns>
    public DavLock? Refresh(string token, TimeSpan lasts)
    {
        lock (_gate)
        {
            if (!_byToken.TryGetValue(token, out var held) || !IsLive(held))
                return null;
            Remove(held);
            var refreshed = held with { Expires = options.Time.GetUtcNow() + lasts };
            Add(refreshed);
            return refreshed;
        }
    }

    public void Release(DavLock held)
    {
        lock (_gate)
            Remove(held);
    }

    /// <summary>Releases the locks of what is no longer there.</summary>
    public void ReleaseWithin(VolumePath path, bool keepRoot = false)
    {
        lock (_gate)
        {
            foreach (var gone in _byToken.Values.Where(l => l.Root.IsWithin(path) && !(keepRoot && l.Root == path)).ToList())
                Remove(gone);
        }
    }

    private static IEnumerable<VolumePath> UpFrom(VolumePath path)
    {
        for (; !path.IsRoot; path = path.Parent)
            yield return path;
        yield return VolumePath.Root;
    }

    private List<DavLock> InTheWay(DavLock wanted) =>
    [
        .. UpFrom(wanted.Root).SelectMany(LiveAt).Where(l => l.Covers(wanted.Root))
            .Concat(wanted.Deep ? _byToken.Values.Where(l => l.Root != wanted.Root && l.Root.IsWithin(wanted.Root) && IsLive(l)) : [])
            .Where(l => l.Exclusive || wanted.Exclusive),
    ];

    private IEnumerable<DavLock> LiveAt(VolumePath root) => _byRoot.TryGetValue(root, out var here) ? here.Where(IsLive) : [];

    private bool IsLive(DavLock held) => held.Expires > options.Time.GetUtcNow();

    private void Purge()
    {
        foreach (var dead in _byToken.Values.Where(l => !IsLive(l)).ToList())
            Remove(dead);
    }

    private void Add(DavLock held)
    {
        _byToken.Add(held.Token, held);
        if (!_byRoot.TryGetValue(held.Root, out var here))
            _byRoot.Add(held.Root, here = []);
        here.Add(held);
    }

    private void Remove(DavLock held)
    {
        if (!_byToken.Remove(held.Token) || !_byRoot.TryGetValue(held.Root, out var here))
            return;
        here.RemoveAll(l => l.Token == held.Token);
        if (here.Count == 0)
            _byRoot.Remove(held.Root);
    }
}
