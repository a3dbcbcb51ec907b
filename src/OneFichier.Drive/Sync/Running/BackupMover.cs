namespace OneFichier.Drive.Sync;

/// <summary>Puts files that are to be replaced or removed aside, and back when what was to replace them did not come.</summary>
internal sealed class BackupMover(RunContext run, SyncPlan plan)
{
    private readonly string _suffix = run.Options.BackupSuffix;

    public bool Wanted => plan.BackupFolder is not null || _suffix.Length > 0;

    /// <summary>Puts files aside.</summary>
    /// <returns>Those that are aside now, and those that could not be put there, whose failure is written down; what was gone is neither.</returns>
    public async Task<(HashSet<VolumePath> Aside, HashSet<VolumePath> Stuck)> PutAsideAsync(IReadOnlyCollection<VolumePath> files)
    {
        var (aside, stuck) = (new HashSet<VolumePath>(), new HashSet<VolumePath>());
        if (!Wanted || files.Count == 0)
            return (aside, stuck);

        foreach (var folder in files.Select(f => PathOf(f).Parent).Distinct())
            await run.Folders.MakeAsync(folder);
        var results = await run.Destination.MoveAsync([.. files.Select(f => new VolumeMove(f, PathOf(f)))], replace: true, run.Token);
        foreach (var (file, result) in files.Zip(results))
        {
            if (result.Error is null && aside.Add(file))
                run.Tally.BackedUp(file, PathOf(file));
            else if (result.Error is not null and not PathNotFoundException && stuck.Add(file))
                run.Tally.Failed(file, result.Error);
        }

        return (aside, stuck);
    }

    /// <summary>Puts back what was not replaced after all; also while a run is being stopped.</summary>
    public async Task PutBackAsync(IReadOnlyCollection<VolumePath> files)
    {
        if (!Wanted || files.Count == 0)
            return;

        var results = await run.Destination.MoveAsync([.. files.Select(f => new VolumeMove(PathOf(f), f))], replace: false, CancellationToken.None);
        foreach (var (file, result) in files.Zip(results))
        {
            if (result.Error is null)
                run.Tally.Restored();
            else if (result.Error is not NameTakenException)
                run.Tally.Notice($"'{file}' was not replaced; what was there is in '{PathOf(file)}'.");
        }
    }

    private VolumePath PathOf(VolumePath file)
    {
        var place = plan.BackupOf(file) ?? file;
        return place.Parent.Combine(place.Name + _suffix);
    }
}
