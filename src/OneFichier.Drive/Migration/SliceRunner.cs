namespace OneFichier.Drive.Migration;

/// <summary>
/// Does a slice of a migration: whoever does it, and how often, every file of it arrives once. What is there already, because somebody began the slice before and died, is taken as it is; only the rest is sent.
/// </summary>
/// <param name="store">Where the manifest is.</param>
/// <param name="head">The migration.</param>
/// <param name="target">The folder it fills.</param>
/// <param name="sources">Its sources, in their order.</param>
/// <param name="options">How to go about it.</param>
public sealed class SliceRunner(IMigrationStore store, MigrationHead head, MigrationTarget target, IReadOnlyList<IMigrationSource> sources, MigrationOptions options)
{
    /// <summary>What the service takes in one copy.</summary>
    private const int CopiesInOneCall = 100;

    /// <summary>How many refused copies a slice finds out by, which of a hundred files it is that is refused; then the rest is carried.</summary>
    private const int MostRefusals = 16;

    private readonly FetchWay _fetch = new(store, head, target, sources, options);
    private readonly DateTimeOffset _begun = options.Time.GetUtcNow();

    /// <summary>Does what is left of a slice. A file that fails is noted and does not stop the others; what concerns the whole account is thrown, and the files stay to be done.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="alone">An instant since which nobody but the caller has been at the slice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RunAsync(long slice, DateTimeOffset alone, CancellationToken cancellationToken = default)
    {
        var (all, before) = await store.TakeAsync(head.Name, slice, cancellationToken);
        IReadOnlyList<MigrationItem> open = [.. all.Where(i => i.IsOpen)];
        if (open.Count == 0)
            return;

        open = await AdoptAsync(open, before > 0 ? alone : null, cancellationToken);
        open = await CopyAsync(open, cancellationToken);
        open = await _fetch.RunAsync(open, before > 0, RecordAsync, cancellationToken);
        await CarryAsync(open, cancellationToken);
    }

    /// <summary>
    /// Looks at the folder before anything is sent. Where somebody was at the slice before, it is listed as it was when he was gone; else one look in a run is enough, whatever slices are under way in the folder.
    /// </summary>
    /// <returns>What is not there.</returns>
    private async Task<IReadOnlyList<MigrationItem>> AdoptAsync(IReadOnlyList<MigrationItem> open, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var begunBefore = since is not null;
        var files = await target.FilesAsync(open[0].Target.Parent, since ?? _begun, despiteDoubt: !begunBefore, cancellationToken);
        var here = new List<MigrationItem>();
        foreach (var item in open)
        {
            if (files.TryGetValue(item.Target.Name, out var file) && await MatchAsync(item, file, begunBefore, cancellationToken) is { } adopted)
                here.Add(adopted);
        }

        await RecordAsync(here, cancellationToken);
        var known = here.Select(i => i.Number).ToHashSet();
        return [.. open.Where(i => !known.Contains(i.Number))];
    }

    private async Task<MigrationItem?> MatchAsync(MigrationItem item, Entry file, bool begunBefore, CancellationToken cancellationToken)
    {
        if (item.Checksum is not null || !begunBefore || (item.Size is { } size && size != file.Size))
            return WayChooser.IsSame(item, file) ? Stored(item, file) : null;
        if (item.Way == MigrationWay.Copy)
            return file.Created >= head.Created ? Stored(item, file) : null;

        var read = item with { Checksum = await new CarriedFile(sources[item.Source], item, options).HashAsync(cancellationToken) };
        return WayChooser.IsSame(read, file) ? Stored(read, file) : null;
    }

    /// <returns>What the service would not copy and has to go another way.</returns>
    private async Task<IReadOnlyList<MigrationItem>> CopyAsync(IReadOnlyList<MigrationItem> open, CancellationToken cancellationToken)
    {
        var copies = open.Where(i => i.Way == MigrationWay.Copy).ToList();
        if (copies.Count == 0)
            return open;

        var rest = open.Where(i => i.Way != MigrationWay.Copy).ToList();
        var batches = new Stack<MigrationItem[]>(copies.Chunk(CopiesInOneCall).Reverse());
        for (var refusals = 0; batches.TryPop(out var batch);)
        {
            var results = await target.Volume.CopyAsync([.. batch.Select(i => (SourceEntry(i), target.At(i.Target)))], cancellationToken);
            foreach (var result in results)
                Failures.ThrowIfFatal(result.Error);

            await RecordAsync([.. batch.Zip(results).Where(p => p.Second.Entry is not null).Select(p => Stored(p.First, p.Second.Entry!))], cancellationToken);
            var refused = batch.Zip(results).Where(p => p.Second.Entry is null).ToList();
            if (refused.Count == batch.Length && batch.Length > 1 && ++refusals < MostRefusals)
                Halve(batch, batches);
            else
                rest.AddRange(refused.Select(p => Otherwise(p.First, p.Second.Error)));
        }

        return rest;
    }

    /// <summary>One file that may not be copied makes the service refuse all that are named with it.</summary>
    private static void Halve(MigrationItem[] batch, Stack<MigrationItem[]> batches)
    {
        batches.Push(batch[(batch.Length / 2)..]);
        batches.Push(batch[..(batch.Length / 2)]);
    }

    private static Entry SourceEntry(MigrationItem item) =>
        new(VolumePath.Root.Combine(item.LinkName ?? item.Target.Name), IsFolder: false) { Link = item.Link, Size = item.Size ?? 0, Checksum = item.Checksum, ModTime = item.ModTime };

    private MigrationItem Otherwise(MigrationItem item, Exception? error)
    {
        var carried = item with { Way = MigrationWay.Carry };
        options.Progress?.Report(new WayChanged(carried, error?.Message ?? "The service did not copy it."));
        return carried;
    }

    private async Task CarryAsync(IReadOnlyList<MigrationItem> open, CancellationToken cancellationToken)
    {
        if (open.Count == 0)
            return;

        var carried = open.Select(i => new CarriedFile(sources[i.Source], i, options)).ToList();
        try
        {
            var (ready, failed) = await MeasureAsync(carried, cancellationToken);
            await RecordAsync(failed, cancellationToken);
            var results = await target.Volume.PutAsync([.. ready.Select(c => c.At(target.At(c.Item.Target)))], new PutOptions { Trusting = true }, cancellationToken);
            var ended = ready.Zip(results, (c, r) => r.Entry is { } entry ? Stored(c.Item, entry) : Failed(c.Item, r.Error)).ToList();
            await RecordAsync([.. ended.Where(i => !i.IsOpen)], results.Where(r => r.Error is FichierUnavailableException).Select(r => r.Path).ToHashSet(), cancellationToken);
            foreach (var result in results)
                Failures.ThrowIfFatal(result.Error);
        }
        finally
        {
            foreach (var file in carried)
                await file.DisposeAsync();
        }
    }

    /// <summary>What has no known length is read first: the service wants to know it before the first byte.</summary>
    private async Task<(List<CarriedFile> Ready, List<MigrationItem> Failed)> MeasureAsync(IReadOnlyList<CarriedFile> files, CancellationToken cancellationToken)
    {
        var (ready, failed) = (new List<CarriedFile>(files.Count), new List<MigrationItem>());
        foreach (var file in files)
        {
            try
            {
                await file.MeasureAsync(cancellationToken);
                ready.Add(file);
            }
            catch (Exception e) when (Failures.IsOfOneFile(e, cancellationToken))
            {
                failed.Add(Failed(file.Item, e));
            }
        }

        return (ready, failed);
    }

    private MigrationItem Stored(MigrationItem item, Entry entry) => item with
    {
        State = MigrationState.Stored,
        Stored = entry.Link,
        StoredSize = entry.Size,
        StoredChecksum = entry.Checksum,
        Size = item.Size ?? entry.Size,
        Checksum = item.Checksum ?? (item.Way == MigrationWay.Carry ? entry.Checksum : null),
        Error = null,
        Done = options.Time.GetUtcNow(),
    };

    private MigrationItem Failed(MigrationItem item, Exception? error) => Failures.IsFatal(error) ? item : item with
    {
        State = error is FichierIntegrityException ? MigrationState.Wrong : MigrationState.Failed,
        Error = Failures.Words(error),
        Done = options.Time.GetUtcNow(),
    };

    private Task RecordAsync(IReadOnlyList<MigrationItem> items, CancellationToken cancellationToken) => RecordAsync(items, new HashSet<VolumePath>(), cancellationToken);

    private async Task RecordAsync(IReadOnlyList<MigrationItem> items, IReadOnlySet<VolumePath> unreached, CancellationToken cancellationToken)
    {
        await store.RecordAsync(head.Name, items, cancellationToken);
        foreach (var item in items)
            options.Progress?.Report(new ItemEnded(item) { Passing = unreached.Contains(target.At(item.Target)) });
    }
}
