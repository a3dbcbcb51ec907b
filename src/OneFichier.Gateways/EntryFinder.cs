using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// Finds entries by what stays of them (<see cref="StableId"/>). Where one was is remembered and looked at first; one that is not there any more, or was never seen, is looked for in the
/// whole tree of the caller, which costs what listing it costs. One search goes on at a time, and what was not found is not looked for again at once.
/// </summary>
internal sealed class EntryFinder(TimeProvider time)
{
    private const int Most = 50_000;
    private static readonly TimeSpan Missing = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (VolumePath Place, Entry Seen)> _places = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<(VolumePath Root, string Id), DateTimeOffset> _missing = [];

    private SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Remembers where an entry was seen.</summary>
    public void Remember(IGatewaySession session, Entry entry)
    {
        if (StableId.Of(entry) is { } id)
            Remember(id, session.Root.Combine(entry.Path), entry);
    }

    /// <summary>The entry as the caller sees it now.</summary>
    /// <returns><see langword="null"/> when nothing the caller may see is meant.</returns>
    /// <exception cref="IOException">It was not found where everything could be looked at, and something could not.</exception>
    public async Task<Entry?> FindAsync(IGatewaySession session, string id, CancellationToken cancellationToken)
    {
        if (!StableId.IsOne(id))
            return null;
        if (await WhereItWasAsync(session, id, cancellationToken) is { } known)
            return known;
        await Turn.WaitAsync(cancellationToken);
        try
        {
            if (await WhereItWasAsync(session, id, cancellationToken) is { } meanwhile)
                return meanwhile;
            return IsMissing(session.Root, id) ? null : await SearchAsync(session, id, cancellationToken);
        }
        finally
        {
            Turn.Release();
        }
    }

    private async ValueTask<Entry?> WhereItWasAsync(IGatewaySession session, string id, CancellationToken cancellationToken)
    {
        (VolumePath Place, Entry Seen) known;
        lock (_lock)
        {
            if (!_places.TryGetValue(id, out known) || !known.Place.IsWithin(session.Root))
                return null;
        }

        var place = VolumePath.Parse(known.Place.ToString()[session.Root.ToString().Length..]);
        return await session.Volume.FindAsync(place, cancellationToken) is { } entry && (StableId.Means(id, entry) || IsSame(known.Seen, entry)) ? entry : null;
    }

    private async Task<Entry?> SearchAsync(IGatewaySession session, string id, CancellationToken cancellationToken)
    {
        Exception? doubt = null;
        await foreach (var (_, contents) in session.Volume.WalkAsync(VolumePath.Root, cancellationToken: cancellationToken))
        {
            foreach (var entry in contents.Entries)
                Remember(session, entry);
            if (contents.Entries.FirstOrDefault(e => StableId.Means(id, e)) is { } found)
            {
                Remember(id, session.Root.Combine(found.Path), found);
                return found;
            }

            doubt ??= contents.Failure ?? (contents.Complete ? null : new IOException("A folder could not be listed whole."));
        }

        if (doubt is not null)
            throw doubt;
        NoteMissing(session.Root, id);
        return null;
    }

    /// <summary>A file that waited for its upload has another id once it is stored: what has the same content at the same place is taken for it.</summary>
    private static bool IsSame(Entry seen, Entry now) =>
        !seen.IsFolder && !now.IsFolder && seen.Size == now.Size
        && (seen.Checksum is { } checksum ? now.Checksum == checksum : seen.ModTime is { } time && now.ModTime == time);

    private void Remember(string id, VolumePath place, Entry seen)
    {
        lock (_lock)
        {
            if (!_places.ContainsKey(id))
                _order.Enqueue(id);
            _places[id] = (place, seen);
            if (_order.Count > Most)
                _places.Remove(_order.Dequeue());
        }
    }

    private bool IsMissing(VolumePath root, string id)
    {
        lock (_lock)
            return _missing.TryGetValue((root, id), out var since) && time.GetUtcNow() - since < Missing;
    }

    private void NoteMissing(VolumePath root, string id)
    {
        lock (_lock)
        {
            if (_missing.Count >= Most)
                _missing.Clear();
            _missing[(root, id)] = time.GetUtcNow();
        }
    }
}
