namespace OneFichier.Drive.Sync;

/// <summary>
/// Spares transfers whose content the destination can have otherwise: copied on the service, copied on the disk, or sent once for several files.
/// </summary>
/// <remarks>
/// A copy on the service costs a request of its own, and a small file sent along with others of its folder costs none; so files below <see cref="LeastSize"/> are sent, unless sending would
/// first have to fetch them. A copy on the disk costs nothing that counts, so there every size is worth it.
/// </remarks>
internal sealed class ContentMatcher(SyncTree source, SyncTree destination, SyncOptions options, Checksums left, Checksums right)
{
    /// <summary>The size from which a request is cheaper than sending: at two or three requests a second one of them is worth about as long as a megabyte takes.</summary>
    public const long LeastSize = 1 << 20;

    private readonly IServerSideCopy? _copier = destination.Volume.Feature<IServerSideCopy>();

    public async Task<SyncPlan> ApplyAsync(SyncPlan plan, DiskContents disk, CancellationToken cancellationToken)
    {
        plan = OnOneService(plan);
        if (!options.Dedupe || plan.Transfers.Count == 0)
            return plan;
        if (_copier is not null && destination.Volume.Feature<IStoredContent>() is { } stored)
            plan = await StoredAsync(plan, stored, _copier, cancellationToken);
        return source.Volume.Feature<IOnDisk>() is null ? await OnDiskAsync(plan, disk, cancellationToken) : plan;
    }

    /// <summary>What lies where the destination copies from is never fetched; a move within one volume is a move.</summary>
    private SyncPlan OnOneService(SyncPlan plan)
    {
        if (_copier is null || plan.Transfers.Count == 0)
            return plan;
        var moves = options.Kind == SyncKind.Move && ReferenceEquals(source.Volume, destination.Volume);
        var near = plan.Transfers.ToLookup(t => _copier.CanCopy(t.Source));
        return plan with
        {
            Renames = [.. plan.Renames, .. near[true].Where(t => moves && t.Replaces is null).Select(t => new VolumeMove(t.Source.Path, t.Target))],
            Copies = [.. plan.Copies, .. near[true].Where(t => !moves || t.Replaces is not null).Select(t => new PlannedCopy(t.Source, t.Source, t.Target, t.Replaces))],
            Transfers = [.. near[false]],
        };
    }

    private async Task<SyncPlan> StoredAsync(SyncPlan plan, IStoredContent stored, IServerSideCopy copier, CancellationToken cancellationToken)
    {
        var sizes = plan.Transfers.Select(t => t.Source.Size).Where(s => s >= LeastSize).GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count());
        var held = sizes.Count > 0 ? stored.SizesHeld(sizes.Keys) : new HashSet<long>();
        var transfers = await FillAsync(plan.Transfers, t => sizes.GetValueOrDefault(t.Source.Size) > 1 || held.Contains(t.Source.Size), cancellationToken);
        var sources = new CopySources(plan, options.Deletes);
        var result = new Sorted();
        foreach (var transfer in transfers)
        {
            var from = transfer.Source.Checksum is { } content && held.Contains(transfer.Source.Size)
                ? stored.OfSize(transfer.Source.Size).FirstOrDefault(e => e.Checksum == content && copier.CanCopy(e) && sources.TryUse(e, transfer.Replaces))
                : null;
            if (from is not null)
                result.Copies.Add(new PlannedCopy(transfer.Source, from, transfer.Target, transfer.Replaces));
            else
                result.Send(transfer, sizes.GetValueOrDefault(transfer.Source.Size) > 1);
        }

        return plan with { Copies = [.. plan.Copies, .. result.Copies], Transfers = result.Transfers, Repeats = result.Repeats };
    }

    private async Task<SyncPlan> OnDiskAsync(SyncPlan plan, DiskContents disk, CancellationToken cancellationToken)
    {
        var sources = new CopySources(plan, options.Deletes);
        var hashed = new Dictionary<long, IReadOnlyList<Entry>>();
        var copies = new List<PlannedCopy>();
        var transfers = new List<PlannedTransfer>();
        foreach (var transfer in plan.Transfers)
        {
            var size = transfer.Source.Size;
            if (transfer.Source.Checksum is not null && !hashed.ContainsKey(size))
                hashed.Add(size, await HashAsync(disk.OfSize(size), cancellationToken));
            var same = transfer.Source.Checksum is { } content ? hashed[size].FirstOrDefault(e => e.Checksum == content && sources.TryUse(e, transfer.Replaces)) : null;
            if (same is not null)
                copies.Add(new PlannedCopy(transfer.Source, same, transfer.Target, transfer.Replaces));
            else
                transfers.Add(transfer);
        }

        return plan with { Copies = [.. plan.Copies, .. copies], Transfers = transfers };
    }

    private Task<PlannedTransfer[]> FillAsync(IReadOnlyList<PlannedTransfer> transfers, Predicate<PlannedTransfer> wanted, CancellationToken cancellationToken) =>
        Task.WhenAll(transfers.Select(async t => wanted(t) ? t with { Source = await OrSameAsync(left, t.Source, cancellationToken) } : t));

    private async Task<IReadOnlyList<Entry>> HashAsync(IReadOnlyList<Entry> files, CancellationToken cancellationToken) =>
        await Task.WhenAll(files.Select(f => OrSameAsync(right, f, cancellationToken)));

    /// <summary>A file that cannot be read here is sent like any other, and fails there with its reason.</summary>
    private static async Task<Entry> OrSameAsync(Checksums side, Entry file, CancellationToken cancellationToken)
    {
        try
        {
            return await side.FillAsync(file, reads: false, cancellationToken);
        }
        catch (Exception e) when (SideListing.Passes(e))
        {
            return file;
        }
    }

    private sealed class Sorted
    {
        private readonly Dictionary<(long, WhirlpoolHash), VolumePath> _sent = [];

        public List<PlannedCopy> Copies { get; } = [];

        public List<PlannedCopy> Repeats { get; } = [];

        public List<PlannedTransfer> Transfers { get; } = [];

        public void Send(PlannedTransfer transfer, bool perhapsAgain)
        {
            var source = transfer.Source;
            if (!perhapsAgain || source.Checksum is not { } content || _sent.TryAdd((source.Size, content), transfer.Target))
                Transfers.Add(transfer);
            else
                Repeats.Add(new PlannedCopy(source, new Entry(_sent[(source.Size, content)], IsFolder: false) { Size = source.Size, Checksum = content }, transfer.Target, transfer.Replaces));
        }
    }
}
