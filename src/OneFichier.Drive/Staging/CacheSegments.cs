namespace OneFichier.Drive.Staging;

/// <summary>The segments that are open, the least lately used closed first, and the times of their use.</summary>
internal sealed class CacheSegments(string folder, TimeProvider time) : IDisposable
{
    private const int Most = 128;

    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SegmentName, LinkedListNode<(SegmentName Name, CacheSegment Segment)>> _open = [];
    private readonly LinkedList<(SegmentName Name, CacheSegment Segment)> _order = new();
    private bool _closed;

    /// <summary>Opens a segment, or takes one that is open.</summary>
    /// <param name="key">Of which content.</param>
    /// <param name="segment">Which.</param>
    /// <param name="make">Whether it is made when it is not there; otherwise the answer is <see langword="null"/> then.</param>
    public SegmentUse? Use(ContentKey key, string segment, bool make) => Take(new SegmentName(key.Name, segment), make);

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (_, segment) in _order.Where(s => s.Segment.Users == 0))
                segment.Dispose();
            _open.Clear();
            _order.Clear();
        }
    }

    public void Give(SegmentName name, CacheSegment segment)
    {
        lock (_gate)
        {
            if (--segment.Users == 0 && (_closed || !_open.TryGetValue(name, out var node) || node.Value.Segment != segment))
                segment.Dispose();
        }
    }

    private SegmentUse? Take(SegmentName name, bool make)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_open.TryGetValue(name, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                if (!IsStale(node.Value.Segment))
                    return Used(name, node.Value.Segment);
                Close(node);
            }

            if (CacheSegment.TryOpen(Path.Combine(folder, name.Content[..2], $"{name.Content}.{name.Segment}"), make) is not { } opened)
                return null;
            _open[name] = _order.AddFirst((name, opened));
            Touch(opened);
            while (_order.Count > Most)
                Close(_order.Last!);
            return Used(name, opened);
        }
    }

    private SegmentUse Used(SegmentName name, CacheSegment segment)
    {
        segment.Users++;
        return new SegmentUse(this, name, segment);
    }

    /// <summary>Whether somebody has removed it. Looked at when its use is to be written down anyway.</summary>
    private bool IsStale(CacheSegment segment) => time.GetUtcNow() - segment.Touched > BetweenTouches && !Touch(segment);

    private bool Touch(CacheSegment segment)
    {
        try
        {
            segment.Touched = time.GetUtcNow();
            File.SetLastWriteTimeUtc(segment.Path, segment.Touched.UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Close(LinkedListNode<(SegmentName Name, CacheSegment Segment)> node)
    {
        _order.Remove(node);
        _open.Remove(node.Value.Name);
        if (node.Value.Segment.Users == 0)
            node.Value.Segment.Dispose();
    }
}

/// <summary>Tells segments apart.</summary>
internal readonly record struct SegmentName(string Content, string Segment);

/// <summary>Keeps a segment open.</summary>
internal sealed class SegmentUse(CacheSegments segments, SegmentName name, CacheSegment segment) : IDisposable
{
    public CacheSegment Segment => segment;

    public void Dispose() => segments.Give(name, segment);
}
