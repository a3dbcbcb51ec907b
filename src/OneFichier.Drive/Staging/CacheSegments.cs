namespace OneFichier.Drive.Staging;

/// <summary>The segments that are open, the least lately used closed first, and the times of their use.</summary>
internal sealed class CacheSegments(string folder, TimeProvider time) : IDisposable
{
    private const int Most = 128;

    private static readonly TimeSpan BetweenTouches = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<CacheSegment>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<CacheSegment> _order = new();
    private bool _closed;

    public string PathOf(ContentKey key, string segment) => Path.Combine(folder, key.Name[..2], $"{key.Name}.{segment}");

    /// <summary>Opens a segment, or takes one that is open.</summary>
    /// <param name="path">Which.</param>
    /// <param name="make">Whether it is made when it is not there; otherwise the answer is <see langword="null"/> then.</param>
    public SegmentUse? Use(string path, bool make) => Take(path, make) is { } segment ? new SegmentUse(this, segment) : null;

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var segment in _order.Where(s => s.Users == 0))
                segment.Dispose();
            _open.Clear();
            _order.Clear();
        }
    }

    private CacheSegment? Take(string path, bool make)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_open.TryGetValue(path, out var node) && !IsStale(node.Value))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                node.Value.Users++;
                return node.Value;
            }

            if (node is not null)
                Close(node);
            if (CacheSegment.TryOpen(path, make) is not { } opened)
                return null;
            opened.Users++;
            _open[path] = _order.AddFirst(opened);
            Touch(opened);
            while (_order.Count > Most)
                Close(_order.Last!);
            return opened;
        }
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

    private void Close(LinkedListNode<CacheSegment> node)
    {
        _order.Remove(node);
        _open.Remove(node.Value.Path);
        node.Value.Touched = default;
        if (node.Value.Users == 0)
            node.Value.Dispose();
    }

    public void Give(CacheSegment segment)
    {
        lock (_gate)
        {
            if (--segment.Users == 0 && (_closed || !_open.TryGetValue(segment.Path, out var node) || node.Value != segment))
                segment.Dispose();
        }
    }
}

/// <summary>Keeps a segment open.</summary>
internal sealed class SegmentUse(CacheSegments segments, CacheSegment segment) : IDisposable
{
    public CacheSegment Segment => segment;

    public void Dispose() => segments.Give(segment);
}
