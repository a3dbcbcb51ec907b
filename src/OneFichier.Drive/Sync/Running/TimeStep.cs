namespace OneFichier.Drive.Sync;

/// <summary>Sets modification times without writing content.</summary>
internal sealed class TimeStep(RunContext run)
{
    private const int AtOnce = 100;

    public async Task RunAsync(IReadOnlyList<PlannedTime> planned)
    {
        var times = run.Destination.Feature<IFileTimes>();
        foreach (var chunk in planned.Chunk(AtOnce))
        {
            var results = times is null
                ? [.. chunk.Select(t => new ItemResult(t.File.Path) { Error = new NotSupportedException($"The modification time of '{t.File.Path}' cannot be set alone.") })]
                : await times.SetTimesAsync([.. chunk.Select(t => (t.File, t.ModTime))], run.Token);
            foreach (var (time, result) in chunk.Zip(results))
                Tell(time, result.Error);
        }
    }

    /// <summary>Sets the times of files that have just come, which is a part of their coming and not told by itself.</summary>
    public async Task RunQuietlyAsync(IReadOnlyList<PlannedTime> planned)
    {
        if (planned.Count == 0 || !run.Destination.Traits.SetsTimes || run.Destination.Feature<IFileTimes>() is not { } times)
            return;

        foreach (var result in await times.SetTimesAsync([.. planned.Select(t => (t.File, t.ModTime))], run.Token))
        {
            if (result.Error is not null)
                run.Tally.Failed(result.Path, result.Error);
        }
    }

    private void Tell(PlannedTime time, Exception? error)
    {
        if (error is null)
            run.Tally.TimeSet(time);
        else
            run.Tally.Failed(time.File.Path, error);
    }
}
