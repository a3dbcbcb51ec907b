namespace OneFichier.Drive.Staging;

/// <summary>Sets modification times: of what waits here, of what is stored inside.</summary>
internal static class StagedTimes
{
    /// <summary>The names are held.</summary>
    public static async Task SetAsync(Spool spool, StagedFile file, DateTimeOffset time, CancellationToken cancellationToken)
    {
        VolumePath? path;
        lock (spool.Overlay.Gate)
            path = file.Node?.Path;
        if (path is { } at)
            await spool.LetGoAsync(at);
        lock (spool.Overlay.Gate)
        {
            if (file.Dirty || path is null)
            {
                var told = file.IsToldOf;
                file.SetModTime(time);
                if (told && file.Node is not null)
                {
                    spool.Journal.Append(Spool.Told(file, file.Record(soft: true)));
                    file.Told(hard: false);
                }

                return;
            }
        }

        var stored = (await StoredAsync(spool, file.Base! with { Path = path.Value }, time, cancellationToken)).Entry;
        if (stored is not null)
            file.Base = stored;
    }

    public static async Task<ItemResult> StoredAsync(Spool spool, Entry stored, DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (spool.Inner.Feature<IFileTimes>() is not { } times)
            return new ItemResult(stored.Path) { Entry = stored };
        await spool.Stored.WaitAsync(cancellationToken);
        try
        {
            var result = (await times.SetTimesAsync([(stored, time)], cancellationToken))[0];
            return result.Error is null ? result : throw result.Error;
        }
        finally
        {
            spool.Stored.Release();
        }
    }
}
