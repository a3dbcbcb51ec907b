namespace OneFichier.Drive.Staging;

/// <summary>Modification times of files by their paths.</summary>
internal sealed class SpoolTimes(Spool spool, SpoolView view, SpoolFiles files) : IFileTimes
{
    public Task<IReadOnlyList<ItemResult>> SetTimesAsync(IReadOnlyList<(Entry File, DateTimeOffset ModTime)> times, CancellationToken cancellationToken = default) =>
        EachItem.DoAsync(times, t => t.File.Path, async t => await SetAsync(t.File.Path, t.ModTime, cancellationToken), cancellationToken);

    private async ValueTask<Entry?> SetAsync(VolumePath path, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (await files.OpenWaitingAsync(path) is { } waiting)
        {
            await using (waiting)
            {
                await waiting.SetModTimeAsync(time, cancellationToken);
                return waiting.Entry;
            }
        }

        var stored = await view.FindAsync(path, cancellationToken);
        return stored is { IsFolder: false }
            ? (await StagedTimes.StoredAsync(spool, stored, time, cancellationToken)).Entry
            : throw new PathNotFoundException(path, EntryKind.File);
    }
}
