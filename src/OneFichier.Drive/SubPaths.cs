namespace OneFichier.Drive;

/// <summary>Between paths read from a folder and paths read from the root of the volume it lies in.</summary>
internal sealed class SubPaths(VolumePath folder)
{
    public VolumePath Folder => folder;

    public VolumePath Down(VolumePath path) => folder.Combine(path);

    public Entry Down(Entry entry) => entry with { Path = Down(entry.Path) };

    /// <summary>What lies outside has no path in here; whoever hands out such a thing says that it may be unknown.</summary>
    public VolumePath Up(VolumePath path) => path.IsWithin(folder) ? VolumePath.Parse(path.ToString()[folder.ToString().Length..]) : VolumePath.Root;

    public Entry? Up(Entry? entry) => entry is null ? null : entry with { Path = Up(entry.Path) };

    public IReadOnlyList<Entry> Up(IReadOnlyList<Entry> entries) => [.. entries.Select(e => e with { Path = Up(e.Path) })];

    /// <summary>The same exception about the path as it is called here.</summary>
    public Exception? Up(Exception? exception) => exception switch
    {
        PathNotFoundException e when IsInside(e.Path) => new PathNotFoundException(Up(e.Path.Path), e.Kind, e),
        NameTakenException e when IsInside(e.Path) => new NameTakenException(Up(e.Path.Path), e),
        FolderNotEmptyException e when IsInside(e.Path) => new FolderNotEmptyException(Up(e.Path.Path), e),
        _ => exception,
    };

    /// <summary>For the volume inside, which names files by its own paths.</summary>
    public IProgress<TransferEvent> Down(IProgress<TransferEvent> progress) => new Translated(this, progress);

    public async Task<T> SayAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FichierException e) when (Up(e) != e)
        {
            throw Up(e)!;
        }
    }

    /// <summary>Lets those items through that are not refused here, in one call, and gives the results of all in their order.</summary>
    public async Task<IReadOnlyList<ItemResult>> EachAsync<T>(
        IReadOnlyList<T> items, Func<T, (VolumePath Path, Exception? Refusal)> judge, Func<IReadOnlyList<T>, Task<IReadOnlyList<ItemResult>>> call)
    {
        ArgumentNullException.ThrowIfNull(items);
        var judged = items.Select(i => (Item: i, Verdict: judge(i))).ToList();
        var results = new Queue<ItemResult>(await SayAsync(() => call([.. judged.Where(j => j.Verdict.Refusal is null).Select(j => j.Item)])));
        return [.. judged.Select(j => j.Verdict.Refusal is { } refusal ? new ItemResult(j.Verdict.Path) { Error = refusal } : Up(results.Dequeue(), j.Verdict.Path))];
    }

    private ItemResult Up(ItemResult result, VolumePath path) => new(path) { Entry = Up(result.Entry), Error = Up(result.Error) };

    private bool IsInside(RemotePath path) => path.Start == FolderId.Root && path.Path.IsWithin(folder);

    private sealed class Translated(SubPaths paths, IProgress<TransferEvent> outer) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value) => outer.Report(value switch
        {
            TransferAdvanced e => e with { Name = Shown(e.Name) },
            TransferEnded e => e with { Name = Shown(e.Name), Error = paths.Up(e.Error) },
            _ => value,
        });

        private string Shown(string name) => paths.Up(VolumePath.Parse(name)).ToString();
    }
}
