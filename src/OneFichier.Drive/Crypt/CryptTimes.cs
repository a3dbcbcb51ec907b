namespace OneFichier.Drive.Crypt;

/// <summary>Sets modification times of encrypted files.</summary>
internal sealed class CryptTimes(IVolume inner, IFileTimes setter, CryptPaths paths, CryptEntries entries, CryptErrors errors) : IFileTimes
{
    public async Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(times);
        var results = new ItemResult[times.Count];
        var going = new List<(int Place, (Entry, DateTimeOffset) Time)>(times.Count);
        for (var place = 0; place < times.Count; place++)
        {
            var (file, time) = times[place];
            var stored = paths.IsImpossible(file.Path) ? null : await inner.FindAsync(paths.File(file.Path), cancellationToken);
            if (stored is { IsFolder: false })
                going.Add((place, (stored, time)));
            else
                results[place] = new ItemResult(file.Path) { Error = new PathNotFoundException(file.Path, EntryKind.File) };
        }

        var set = await setter.SetTimesAsync([.. going.Select(g => g.Time)], cancellationToken);
        foreach (var ((place, _), result) in going.Zip(set))
            results[place] = Plain(result, times[place].File.Path);
        return results;
    }

    private ItemResult Plain(ItemResult result, VolumePath path) => new(path)
    {
        Entry = result.Entry is null ? null : entries.Plain(result.Entry, path),
        Error = result.Error is null ? null : errors.Plain(result.Error, path),
    };
}
