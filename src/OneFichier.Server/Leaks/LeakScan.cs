namespace OneFichier.Server.Leaks;

/// <summary>What is to be looked through.</summary>
public sealed record LeakScanOptions
{
    /// <summary>Files and folders.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether the histories of repositories met are looked through too.</summary>
    public bool Histories { get; init; } = true;

    /// <summary>What is not worth telling is less sure than this.</summary>
    public LeakConfidence Least { get; init; } = LeakConfidence.Medium;
}

/// <summary>A whole search: trees, the histories of the repositories in and around them, and what git says of the files.</summary>
public sealed class LeakScan(LeakDetector detector, LeakScanOptions options)
{
    private readonly LeakReader _reader = new(detector);
    private readonly HashSet<string> _repositories = new(StringComparer.Ordinal);

    /// <summary>What was looked through.</summary>
    public LeakTally Tally { get; } = new();

    /// <summary>Looks everything through.</summary>
    /// <returns>The findings, files first.</returns>
    public async Task<IReadOnlyList<FoundLeak>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<FoundLeak>();
        var tree = new LeakTree(_reader, Tally);
        foreach (var path in options.Paths)
            await tree.LookAsync(path, Add, cancellationToken);

        var marked = await MarkedAsync(findings, cancellationToken);
        findings.Clear();
        foreach (var folder in options.Histories ? options.Paths.Where(Directory.Exists).Concat(tree.Repositories) : [])
            await HistoryAsync(folder, Add, cancellationToken);

        return [.. marked, .. findings];

        void Add(FoundLeak leak)
        {
            if (leak.Leak.Confidence >= options.Least)
                findings.Add(leak);
        }
    }

    /// <summary>Looks through what the next commit of a repository would hold.</summary>
    public async Task<IReadOnlyList<FoundLeak>> RunStagedAsync(string folder, CancellationToken cancellationToken)
    {
        var findings = new List<FoundLeak>();
        var repository = new LeakRepository(folder, _reader, Tally, asHook: true);
        var root = await repository.RootAsync(cancellationToken) ?? throw new IOException($"'{folder}' is in no git repository.");
        await repository.LookAtStagedAsync(AllowList.Of(root), findings.Add, cancellationToken);
        return [.. findings.Where(f => f.Leak.Confidence >= options.Least)];
    }

    private async Task HistoryAsync(string folder, Action<FoundLeak> found, CancellationToken cancellationToken)
    {
        try
        {
            var repository = new LeakRepository(folder, _reader, Tally);
            var top = await repository.RootAsync(cancellationToken);
            if (top is null && Path.Exists(Path.Combine(folder, ".git")))
                throw new IOException("git does not take it for a repository.");
            if (top is { } root && _repositories.Add(root))
                await repository.LookAsync(AllowList.Of(root), leak => found(leak with { Path = leak.Place == LeakPlace.History ? Path.Combine(root, leak.Path) : root }), cancellationToken);
        }
        catch (IOException e)
        {
            Tally.Unreadable.Add((folder, e.Message));
        }
    }

    private async Task<IReadOnlyList<FoundLeak>> MarkedAsync(IReadOnlyList<FoundLeak> findings, CancellationToken cancellationToken)
    {
        var marked = new List<FoundLeak>();
        foreach (var group in findings.GroupBy(f => Path.GetDirectoryName(Path.GetFullPath(f.Path))!, StringComparer.Ordinal))
        {
            var ignored = await IgnoredAsync(group.Key, [.. group.Select(f => Path.GetFullPath(f.Path)).Distinct(StringComparer.Ordinal)], cancellationToken);
            marked.AddRange(group.Select(f => f with { IsIgnored = ignored.Contains(Path.GetFullPath(f.Path)) }));
        }

        return marked;
    }

    private async Task<IReadOnlySet<string>> IgnoredAsync(string folder, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        try
        {
            return await new LeakRepository(folder, _reader, Tally).IgnoredAsync(paths, cancellationToken);
        }
        catch (IOException)
        {
            return new HashSet<string>();
        }
    }
}
