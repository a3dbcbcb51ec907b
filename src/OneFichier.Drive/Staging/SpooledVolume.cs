namespace OneFichier.Drive.Staging;

/// <summary>
/// A coat that takes changes at once onto this machine's disk and sends them in batches a short while later, and lets programs write files at any place. What waits is seen by every reader of
/// this volume as if it were stored, survives the end of the process, and is never dropped. The spool is described in docs/spec/spool.md.
/// </summary>
/// <remarks>
/// <para>What succeeded has been written down, with its content, as <see cref="SpoolOptions"/> says; whoever opens the spool next goes on where this one ended.</para>
/// <para>Moves of what is stored are made inside at once. All other changes of names wait.</para>
/// <para>Disposing ends sending and keeps what waits; call <see cref="IWritableFiles.DrainAsync"/> before it to have it sent.</para>
/// </remarks>
public sealed partial class SpooledVolume : VolumeDecorator, IAsyncDisposable
{
    private readonly Spool _spool;
    private readonly SpoolView _view;
    private readonly SpoolStore _store;
    private readonly SpoolNames _names;
    private readonly SpoolMoves _moves;
    private readonly SpoolFiles _files;
    private readonly Sender _sender;

    /// <summary>Puts the coat on, and finds what an earlier process left in the spool.</summary>
    /// <exception cref="IOException">The spool is in use by another process, or the disk is full or broken.</exception>
    public SpooledVolume(IVolume inner, SpoolOptions options) : base(inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchBytes, 1, nameof(options));
        _spool = new Spool(inner, options);
        _view = new SpoolView(_spool);
        _store = new SpoolStore(_spool);
        _names = new SpoolNames(_spool, _view);
        _moves = new SpoolMoves(_spool, _view, _store);
        _files = new SpoolFiles(_spool, _view, _store);
        _sender = new Sender(_spool, _store);
    }

    /// <inheritdoc/>
    public override VolumeTraits Traits => Inner.Traits with { PutBatch = 1 };

    /// <inheritdoc/>
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        return await _view.FindAsync(path, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        return await _view.ListAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        return await _files.OpenStreamAsync(file, range, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        await ReadyAsync(cancellationToken);
        return await EachItem.PutAsync(files, options?.Progress, async f =>
        {
            Inner.RefuseNames(f.Path);
            Inner.RefuseSize(f.Path, f.Length);
            return await _names.PutAsync(f, options ?? new PutOptions(), cancellationToken);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        Inner.RefuseNames(folder);
        await _names.MakeAsync(folder, cancellationToken);
        await NamesSyncedAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        await ReadyAsync(cancellationToken);
        if (moves.All(m => Inner.TakesNames(m.To)) && await _moves.TryAllStoredAsync(moves, replace, cancellationToken) is { } all)
            return all;
        var results = await EachItem.DoAsync(moves, m => m.To, async m =>
        {
            Inner.RefuseNames(m.To);
            return await _moves.MoveAsync(m, replace, cancellationToken);
        }, cancellationToken);
        await NamesSyncedAsync(cancellationToken);
        return results;
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        await ReadyAsync(cancellationToken);
        var results = await EachItem.DoAsync(paths, p => p, async p => await _names.RemoveAsync(p, cancellationToken), cancellationToken);
        await NamesSyncedAsync(cancellationToken);
        return results;
    }

    /// <summary>Ends sending; what waits is kept for whoever opens the spool next. Files that are open must not be used any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _names.TidyAsync();
        _spool.Dispose();
    }

    private async ValueTask NamesSyncedAsync(CancellationToken cancellationToken)
    {
        if (_spool.Options.SyncNames)
            await _spool.Journal.SyncAsync(cancellationToken);
    }

    private async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _moves.SettleIntentAsync(cancellationToken);
    }
}
