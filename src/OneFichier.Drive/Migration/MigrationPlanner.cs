namespace OneFichier.Drive.Migration;

/// <summary>Makes the plan of a migration: lists the sources, looks at the target, and writes down for each file which way it goes. Changes nothing on the service.</summary>
/// <param name="store">Where the plan is written.</param>
/// <param name="target">The folder it fills.</param>
/// <param name="options">How to go about it.</param>
public sealed class MigrationPlanner(IMigrationStore store, MigrationTarget target, MigrationOptions options)
{
    /// <summary>From this size a request is cheaper than sending: at two or three requests a second one is worth about as long as a megabyte takes.</summary>
    public const long LeastCopied = 1 << 20;

    private const int AtOnce = 1000;

    private readonly HashSet<VolumePath> _missing = [];
    private readonly HashSet<VolumePath> _present = [];
    private readonly SliceCutter _cutter = new(options.SliceFiles, options.SliceBytes);

    /// <summary>Plans. Broken off, it leaves a plan that is not ready and that the next one under the name replaces.</summary>
    public async Task<MigrationHead> PlanAsync(MigrationHead head, IReadOnlyList<IMigrationSource> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(sources);
        await store.BeginAsync(head, cancellationToken);
        await ListAsync(head.Name, sources, cancellationToken);
        foreach (var folder in await store.FoldersAsync(head.Name, cancellationToken))
            await DecideAsync(head.Name, folder, sources, cancellationToken);

        await store.ReadyAsync(head.Name, _missing.Count, cancellationToken);
        return head with { Ready = true, NewFolders = _missing.Count };
    }

    private async Task ListAsync(string name, IReadOnlyList<IMigrationSource> sources, CancellationToken cancellationToken)
    {
        var found = new List<MigrationItem>(AtOnce);
        var (number, bytes) = (0L, 0L);
        foreach (var (index, source) in sources.Index())
        {
            await foreach (var file in source.ListAsync(cancellationToken))
            {
                if (file.Problem is null && !file.Path.IsRoot && !options.Includes(new Entry(file.Path, IsFolder: false) { Size = file.Size ?? 0, ModTime = file.ModTime, Checksum = file.Checksum }))
                    continue;

                found.Add(Item(number++, index, file));
                bytes += file.Size ?? 0;
                if (found.Count < AtOnce)
                    continue;

                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await store.AddAsync(name, found, cancellationToken);
            options.Progress?.Report(new FilesFound((int)number, bytes));
            found.Clear();
        }
    }

    private static MigrationItem Item(long number, int source, SourceFile file)
    {
        var item = new MigrationItem(number, source, file.Origin, file.Path.IsRoot ? VolumePath.Parse($"(nameless {number})") : file.Path)
        {
            Size = file.Size,
            Checksum = file.Checksum,
            OtherSum = file.OtherSum,
            ModTime = file.ModTime,
            Link = file.Link,
            LinkName = file.LinkName,
            Way = file.Fetchable ? MigrationWay.Fetch : MigrationWay.Undecided,
        };
        return WayChooser.Obstacle(file) is { } obstacle ? item with { Way = MigrationWay.Cannot, State = MigrationState.Cannot, Reason = obstacle } : item;
    }

    private async Task DecideAsync(string name, VolumePath folder, IReadOnlyList<IMigrationSource> sources, CancellationToken cancellationToken)
    {
        var items = await store.FolderAsync(name, folder, cancellationToken);
        var goes = items.Where(i => i.Way != MigrationWay.Cannot).ToList();
        var there = goes.Count == 0 ? [] : await LookAsync(folder, cancellationToken);
        var held = Held(goes);
        var names = new Dictionary<string, MigrationItem>(StringComparer.Ordinal);
        var decided = new List<MigrationItem>(goes.Count);
        foreach (var item in goes)
        {
            if (!names.TryAdd(item.Target.Name, item))
                decided.Add(item with { Way = MigrationWay.Cannot, State = MigrationState.Cannot, Reason = $"'{sources[names[item.Target.Name].Source].Name}' brings a file of this path before." });
            else
                decided.Add(await DecideAsync(item, sources[item.Source], there.GetValueOrDefault(item.Target.Name), held, cancellationToken));
        }

        var (cut, slices) = _cutter.Cut(folder, decided, Extra);
        await store.DecideAsync(name, slices, cut, cancellationToken);
    }

    private async Task<MigrationItem> DecideAsync(MigrationItem item, IMigrationSource source, Entry? there, IReadOnlySet<long> held, CancellationToken cancellationToken)
    {
        var fetchable = item.Way == MigrationWay.Fetch;
        var mayBeSame = there is { IsFolder: false } && (item.Size is null || there.Size == item.Size);
        if (item.Checksum is null && (mayBeSame || (item.Size is { } size && held.Contains(size) && item.Link is null)))
            item = item with { Checksum = await HashAsync(source, item, cancellationToken) };
        var decided = WayChooser.Decide(item, fetchable, there, Elsewhere(item, held));
        return decided.Way == MigrationWay.Copy && source.Foreign && decided.Reason is null ? decided with { Reason = "carried where the service refuses to copy it" } : decided;
    }

    /// <summary>A file that cannot be read now is planned all the same, and fails with its reason if it cannot be read then.</summary>
    private static async Task<WhirlpoolHash?> HashAsync(IMigrationSource source, MigrationItem item, CancellationToken cancellationToken)
    {
        try
        {
            return await source.HashAsync(item, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FichierSourceException or FichierNotFoundException)
        {
            return null;
        }
    }

    private IReadOnlySet<long> Held(IReadOnlyList<MigrationItem> items)
    {
        var sizes = items.Where(i => i.Link is null).Select(i => i.Size ?? 0).Where(s => s >= LeastCopied).Distinct().ToList();
        return sizes.Count > 0 ? target.Volume.SizesHeld(sizes) : new HashSet<long>();
    }

    private Entry? Elsewhere(MigrationItem item, IReadOnlySet<long> held) =>
        item is { Link: null, Checksum: { } sum, Size: { } size } && held.Contains(size) ? target.Volume.OfSize(size).FirstOrDefault(e => e.Checksum == sum) : null;

    private static int Extra(MigrationItem item) => item.Way switch
    {
        MigrationWay.Copy when item.LinkName is not null => 1,
        _ => 0,
    };

    private async Task<Dictionary<string, Entry>> LookAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        if (await KnownAsync(folder, cancellationToken) is not { } there)
            return [];

        var byName = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var entry in there.Entries.OrderBy(e => e.IsFolder ? 0 : 1))
            byName.TryAdd(entry.Name, entry);

        return byName;
    }

    /// <summary>What is in a folder; <see langword="null"/> where it is not there, which is known without asking if one above it is not.</summary>
    private async Task<FolderContents?> KnownAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        if (_missing.Contains(folder) || (!folder.IsRoot && !_present.Contains(folder.Parent) && await KnownAsync(folder.Parent, cancellationToken) is null))
        {
            _missing.Add(folder);
            return null;
        }

        var contents = await target.ListAsync(folder, cancellationToken);
        (contents is null ? _missing : _present).Add(folder);
        return contents;
    }
}
