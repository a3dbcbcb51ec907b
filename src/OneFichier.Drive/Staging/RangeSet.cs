namespace OneFichier.Drive.Staging;

/// <summary>Parts of a file, in order, none touching the next. For one thread at a time.</summary>
internal sealed class RangeSet
{
    private readonly List<(long Start, long End)> _parts = [];

    public RangeSet() { }

    /// <param name="flat">Starts and ends by turns, as <see cref="Flat"/> gives them.</param>
    public RangeSet(IReadOnlyList<long> flat) => _parts.AddRange(flat.Chunk(2).Select(p => (p[0], p[1])));

    public bool IsEmpty => _parts.Count == 0;

    public long Total => _parts.Sum(p => p.End - p.Start);

    public long[] Flat => [.. _parts.SelectMany(p => new[] { p.Start, p.End })];

    /// <summary>The part that <paramref name="at"/> lies in, or the first behind it.</summary>
    public (long Start, long End)? From(long at) => IndexFrom(at) is var index && index < _parts.Count ? _parts[index] : null;

    public void Add(long start, long end)
    {
        if (start >= end)
            return;
        var first = IndexFrom(start - 1);
        var next = first;
        while (next < _parts.Count && _parts[next].Start <= end)
        {
            (start, end) = (Math.Min(start, _parts[next].Start), Math.Max(end, _parts[next].End));
            next++;
        }

        _parts.RemoveRange(first, next - first);
        _parts.Insert(first, (start, end));
    }

    public void Remove(long start, long end)
    {
        for (var index = IndexFrom(start); index < _parts.Count && _parts[index].Start < end;)
        {
            var part = _parts[index];
            _parts.RemoveAt(index);
            if (part.Start < start)
                _parts.Insert(index++, (part.Start, start));
            if (part.End > end)
                _parts.Insert(index++, (end, part.End));
        }
    }

    /// <summary>The index of the first part that ends behind a place.</summary>
    private int IndexFrom(long at)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].End > at)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
