using OneFichier.Drive.Remote;

namespace OneFichier.Drive;

/// <summary>
/// The files and folders of an account as a tree that lists for free: every listing is remembered, and the service is asked again only when what is remembered
/// is too old for the question.
/// </summary>
/// <remarks>
/// <para>One folder costs one request, files and sub-folders together; ten callers who ask for it at once cost one too. What each verb costs is written in docs/spec/remote-rules.md.</para>
/// <para>"Found" rests on a listing of at most <see cref="RemoteTreeOptions.MaxAge"/>. "Not found" is said only after a listing of at most <see cref="RemoteTreeOptions.ProofAge"/>;
/// when the service cannot be asked, the reason is thrown instead. A listing that fails shows the last good one, marked stale, or throws; it is never empty.</para>
/// <para>Changes are made on the service and applied to the store at once, where they win over listings that lag behind them. Nothing is ever sent again to move, rename or copy it.
/// Where an answer was lost, a listing decides whether the change was made. Every method throws what the client throws besides what is stated.</para>
/// <para>One instance serves any number of threads. It owns neither the client nor the store.</para>
/// </remarks>
public sealed partial class RemoteTree
{
    private readonly TreeContext _tree;
    private readonly FolderLister _lister;
    private readonly PathFinder _finder;
    private readonly TreeWalker _walker;

    /// <summary>Makes a tree of the client's account.</summary>
    /// <exception cref="ArgumentException">The options make no sense.</exception>
    public RemoteTree(FichierClient client, IListingStore store, RemoteTreeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(store);
        options ??= new RemoteTreeOptions();
        options.Validate();
        _tree = new TreeContext(client, store, options);
        _lister = new FolderLister(_tree);
        _finder = new PathFinder(_tree, _lister);
        _walker = new TreeWalker(_tree, _lister, _finder);
        _maker = new FolderMaker(_tree, _lister, _finder);
        _remover = new FileRemover(_tree, _lister);
        _guard = new ClashGuard(_tree, _lister, _remover);
        _folderRemover = new FolderRemover(_tree, _lister, _finder, _remover);
        _mover = new FileMover(_tree, _lister);
        _folderMover = new FolderMover(_tree, _lister);
        _copier = new FileCopier(_tree, _lister);
        _treeCopier = new TreeCopier(_tree, _lister, (_walker, _maker, _copier, _guard));
    }

    /// <summary>The client underneath, for what has nothing to do with the tree.</summary>
    public FichierClient Client => _tree.Client;

    internal TreeContext Context => _tree;

    /// <summary>Finds what is at a path: the folder if there is one, otherwise the newest file of the name.</summary>
    /// <returns><see langword="null"/> when there is nothing.</returns>
    public async Task<RemoteEntry?> FindAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        (await _finder.FindAsync(path, refresh, cancellationToken))?.Entries.FirstOrDefault();

    /// <summary>Finds all that is at a path: folders of that name, then every file of it, newest first.</summary>
    public async Task<IReadOnlyList<RemoteEntry>> FindAllAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        await _finder.FindAsync(path, refresh, cancellationToken) is { } found ? [.. found.Entries] : [];

    /// <summary>The newest file of a name.</summary>
    /// <exception cref="PathNotFoundException">There is no such file.</exception>
    public async Task<RemoteEntry> GetFileAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        (await _finder.FindAsync(path, refresh, cancellationToken))?.Entries.FirstOrDefault(e => !e.IsFolder) ?? throw new PathNotFoundException(path, EntryKind.File);

    /// <summary>The number of a folder. A path that starts at a number and goes no further is believed.</summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    public Task<FolderId> GetFolderAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        _finder.FolderAsync(path, refresh, cancellationToken);

    /// <summary>Lists a folder.</summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    public Task<FolderView> ListAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        _walker.ViewAsync(path, refresh, cancellationToken);

    /// <summary>
    /// Lists a folder as it was at an instant or later, with own changes since; how the folders above it were is remembered. A listing that is held is not believed while something is under way in the folder
    /// that may have come to nothing, unless the caller says that it is no matter to him.
    /// </summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    public Task<FolderView> ListSinceAsync(RemotePath path, DateTimeOffset since, bool despiteDoubt = false, CancellationToken cancellationToken = default)
    {
        var refresh = Refresh.Never;
        return PathFinder.RetryingAsync(path, async () =>
        {
            var folder = await RememberedAsync(path, refresh, cancellationToken);
            refresh = Refresh.WhenOld;
            if (!despiteDoubt || !(_tree.Store.StateOf(folder)?.ListedAt >= since))
                (await _lister.EnsureAsync(folder, since, cancellationToken)).OrThrow();
            return await ListAsync(folder, Refresh.Never, cancellationToken);
        });
    }

    /// <summary>
    /// Lists a folder and all below it, depth first: each folder before those in it, siblings by name. One folder is held at a time. A folder that vanishes meanwhile is left out;
    /// one that cannot be listed and was never listed ends the walk with the reason.
    /// </summary>
    /// <exception cref="PathNotFoundException">There is no such folder.</exception>
    public IAsyncEnumerable<FolderView> WalkAsync(RemotePath path, Refresh refresh = Refresh.WhenOld, CancellationToken cancellationToken = default) =>
        _walker.WalkAsync(path, refresh, cancellationToken);

    /// <summary>Has a folder listed again before anybody relies on what is remembered of it.</summary>
    public void Expire(FolderId folder) => _tree.Store.Expire(folder);

    private async Task<FolderId> RememberedAsync(RemotePath path, Refresh refresh, CancellationToken cancellationToken)
    {
        try
        {
            return await _finder.FolderAsync(path, refresh, cancellationToken);
        }
        catch (PathNotFoundException) when (refresh == Refresh.Never)
        {
            return await _finder.FolderAsync(path, Refresh.WhenOld, cancellationToken);
        }
    }
}
