using OneFichier.Drive.Journal;
using OneFichier.Drive.Remote;

namespace OneFichier.Drive;

/// <summary>
/// An account, or a folder of it, as a volume. What the service does otherwise than a volume promises (several files of a name, no empty files, no modification times, folders by number) is
/// hidden by the rules of docs/spec/remote-rules.md; what it costs is written there too.
/// </summary>
/// <remarks>
/// With a journal folder, uploads that died with their process are finished by the first call of any volume of the account (docs/spec/upload-journal.md).
/// </remarks>
public sealed partial class RemoteVolume : IVolume
{
    private readonly VolumeContext _volume;
    private readonly UploadRecovery? _recovery;
    private readonly SingleFlight<int, bool> _recovering = new();
    private readonly TimeProvider _time;
    private long _recoverAt;

    /// <summary>Makes a volume of a tree, which it does not own.</summary>
    public RemoteVolume(RemoteTree tree, RemoteVolumeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tree);
        options ??= new RemoteVolumeOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Sessions, 1, nameof(options));
        _time = tree.Context.Time;
        var journals = options.JournalFolder;
        _recovery = journals is null ? null : new UploadRecovery(tree, journals, _time, options.Logger);
        _volume = new VolumeContext(tree, options, notes => journals is null ? null : new UploadLog(journals, _time, notes, options.Logger)) { Sent = _recovery is null ? null : _recovery.Overtake };
        Traits = new VolumeTraits
        {
            Checksums = true,
            ModTimePrecision = options.Times == TimesMode.None ? null : TimeSpan.FromTicks(1),
            PutBatch = UploadLimits.Files,
            Metered = true,
            SetsTimes = options.Times != TimesMode.None,
        };
    }

    /// <summary>The account underneath.</summary>
    public RemoteTree Tree => _volume.Tree;

    /// <inheritdoc/>
    public VolumeTraits Traits { get; }

    /// <inheritdoc/>
    public async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        return await Tree.FindAsync(_volume.At(path), Refresh.WhenOld, cancellationToken) is { } found ? _volume.EntryOf(found) : null;
    }

    /// <inheritdoc/>
    public async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        var view = await Tree.ListAsync(_volume.At(folder), Refresh.WhenOld, cancellationToken);
        var folders = view.Entries.Where(e => e.IsFolder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var shown = view.Entries.Where(e => e.IsFolder || !folders.Contains(e.Name)).ToHashSet();
        var hidden = view.All.Where(e => !shown.Contains(e)).ToList();
        return new FolderContents([.. shown.Select(_volume.EntryOf)])
        {
            Hidden = [.. hidden.Where(e => !e.IsFolder).Select(_volume.EntryOf)],
            Complete = view.Complete,
            Failure = view.Failure,
            AsOf = view.ListedAt,
            Notes = [.. hidden.GroupBy(e => (e.Name, e.IsFolder)).Select(g => Note(g.Key.Name, g.Key.IsFolder, g.Count(), folders.Contains(g.Key.Name)))],
        };
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        var found = (await Tree.GetFileAsync(_volume.At(file), Refresh.WhenOld, cancellationToken)).File!;
        var length = range.LengthIn(found.Size);
        return length == 0 ? new MemoryStream([], writable: false) : Tree.Client.Transfers.OpenRead(DownloadSource.Of(found), range.Offset, length, Options.Link);
    }

    /// <inheritdoc/>
    public async Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        await ReadyAsync(cancellationToken);
        await _volume.FolderAsync(folder, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        await ReadyAsync(cancellationToken);
        var whole = false;
        try
        {
            var results = await new PutRun(_volume, options ?? new PutOptions()).RunAsync(files, cancellationToken);
            whole = !cancellationToken.IsCancellationRequested;
            return results;
        }
        finally
        {
            if (!whole)
                Interlocked.Exchange(ref _recoverAt, 0);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemResult>> MoveAsync(IReadOnlyList<VolumeMove> moves, bool replace = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(moves);
        await ReadyAsync(cancellationToken);
        return await new MoveRun(_volume, replace).RunAsync(moves, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemResult>> RemoveAsync(IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        await ReadyAsync(cancellationToken);
        return await new RemoveRun(_volume).RunAsync(paths, cancellationToken);
    }

    private static string Note(string name, bool isFolder, int count, bool byFolder) =>
        isFolder ? $"There are {count + 1} folders named '{name}'; the one with the lowest number is shown."
        : byFolder ? $"The folder '{name}' hides {(count == 1 ? "a file" : $"{count} files")} of its name."
        : $"'{name}' hides {(count == 1 ? "an older file" : $"{count} older files")} of its name.";

    /// <summary>Before anything else, what dead processes left behind is finished. A failure there keeps nobody from working: the journals stay.</summary>
    private async ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_recovery is null || _time.GetTimestamp() < Interlocked.Read(ref _recoverAt))
            return;
        await _recovering.RunAsync(
            0,
            async token =>
            {
                var again = await _recovery.RunAsync(token);
                Interlocked.Exchange(ref _recoverAt, again is { } pause ? _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency) : long.MaxValue);
                return true;
            },
            cancellationToken);
    }
}
