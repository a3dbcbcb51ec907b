namespace OneFichier.Server.Backup;

/// <summary>Files taken at random out of any number, each as likely as the others, within a number and a size.</summary>
/// <param name="count">How many at most.</param>
/// <param name="bytes">How many bytes at most, all together.</param>
/// <param name="chance">Where chance comes from; the same seed takes the same files.</param>
public sealed class FileSample(int count, long bytes, Random chance)
{
    private readonly List<SnapshotFile> _taken = new(count);
    private long _offered;

    /// <summary>What was taken, by path.</summary>
    public IReadOnlyList<SnapshotFile> Taken()
    {
        var fitting = new List<SnapshotFile>(_taken.Count);
        var left = bytes;
        foreach (var file in _taken.Where(f => f.Size <= left))
        {
            fitting.Add(file);
            left -= file.Size;
        }

        return [.. fitting.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>Takes a file, or not. Files that would not fit alone are passed over, and so are names that are not text.</summary>
    public void Offer(SnapshotFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Size > bytes || count == 0 || file.Path.Contains('\uFFFD', StringComparison.Ordinal))
            return;
        _offered++;
        if (_taken.Count < count)
        {
            _taken.Add(file);
            return;
        }

        var place = chance.NextInt64(_offered);
        if (place < count)
            _taken[(int)place] = file;
    }
}
