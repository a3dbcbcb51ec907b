namespace OneFichier.Drive.Remote;

/// <summary>The files of a put that go into one folder.</summary>
internal sealed class FolderPut(VolumeContext volume, PutOptions options, VolumePath? folder, IReadOnlyList<NewFile> files)
{
    private readonly ItemResult?[] _results = new ItemResult?[files.Count];
    private readonly Dictionary<string, RemoteEntry> _shown = [];
    private readonly HashSet<string> _proven = new(StringComparer.Ordinal);
    private FolderId _number;

    public required int Sessions { get; init; }

    public IReadOnlyList<ItemResult> Results => [.. _results.Select(r => r!)];

    /// <summary>The files that go, now that those in their place are proven.</summary>
    public List<RemoteEntry> Replaced { get; } = [];

    /// <summary>What was put with a modification time.</summary>
    public List<(FileLink Link, DateTimeOffset ModTime)> Timed { get; } = [];

    public IUploadLog? Log { get; private set; }

    /// <summary>All is done that follows from what was put.</summary>
    public void Close()
    {
        Log?.Close();
        volume.Sent?.Invoke(_number, _proven);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var number = folder is { } path ? await FolderAsync(path, cancellationToken) : throw new NameTakenException(VolumePath.Root);
            await LookAsync(number, cancellationToken);
            await EachAsync(files.Index().Where(f => f.Item.Length == 0), ProveEmptyAsync, cancellationToken);
            var sent = files.Index().Where(f => _results[f.Index] is null).ToList();
            if (sent.Count > 0)
                await SendAsync(number, sent, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            foreach (var (index, _) in files.Index().Where(f => _results[f.Index] is null))
                Fail(index, e);
        }
    }

    private Task<FolderId> FolderAsync(VolumePath path, CancellationToken cancellationToken) =>
        options.Trusting ? volume.RememberedFolderAsync(path, cancellationToken) : volume.FolderAsync(path, cancellationToken);

    /// <summary>Finds what is there: rests on the listing that is held, except where a file may not be replaced.</summary>
    private async Task LookAsync(FolderId number, CancellationToken cancellationToken)
    {
        if (options.KeepExisting)
            await EachAsync(files.Index(), KeepAsync, cancellationToken);
        var view = await volume.Tree.ListAsync(number, options.Trusting ? Refresh.Never : Refresh.WhenOld, cancellationToken);
        if (view.Failure is { } failure)
            throw failure;
        foreach (var entry in view.Entries.Where(e => !e.IsFolder))
            _shown[entry.Name] = entry;
        var folders = view.Entries.Where(e => e.IsFolder).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, file) in files.Index().Where(f => _results[f.Index] is null && folders.Contains(f.Item.Path.Name)))
            Fail(index, new NameTakenException(volume.At(file.Path)));
    }

    private async Task KeepAsync(NewFile file, CancellationToken cancellationToken)
    {
        if ((await volume.AllAtAsync(file.Path, cancellationToken)).Count > 0)
            throw new NameTakenException(volume.At(file.Path));
    }

    private static async Task ProveEmptyAsync(NewFile file, CancellationToken cancellationToken)
    {
        if (file.Checksum is { } expected && expected != WhirlpoolHash.Empty)
            throw new FichierIntegrityException($"'{file.Path}' is empty and cannot have the checksum it was said to have.");
        await using var content = await file.OpenAsync(cancellationToken);
        if (await content.ReadAsync(new byte[1], cancellationToken) > 0)
            throw new FichierSourceException(file.Path.ToString(), "was said to be empty and is not");
    }

    private async Task EachAsync(IEnumerable<(int Index, NewFile Item)> some, Func<NewFile, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        foreach (var (index, file) in some)
        {
            try
            {
                await act(file, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Fail(index, e);
            }
        }
    }

    private async Task SendAsync(FolderId number, IReadOnlyList<(int Index, NewFile Item)> sent, CancellationToken cancellationToken)
    {
        var times = sent.ToDictionary(f => PathNames.ToName(f.Item.Path.Name), f => f.Item.ModTime);
        Log = volume.Log(sent.ToDictionary(f => PathNames.ToName(f.Item.Path.Name), Note));
        var place = new UploadPlace(volume, folder!.Value, number) { Unlooked = options.Trusting };
        var outcomes = await volume.Tree.UploadAsync(
            new FolderUpload(number, [.. sent.Select(f => Source(f.Item))])
            {
                Batch = volume.Options.Batch with { Sessions = Sessions, Journal = Log },
                Progress = options.Progress is { } progress ? new NamedProgress(progress, n => folder.Value.Combine(PathNames.ToSegment(n)).ToString()) : null,
                ModTime = volume.Options.Times == TimesMode.None ? null : f => times.GetValueOrDefault(f.Name),
            },
            cancellationToken);
        var actual = await place.ConfirmAsync([.. outcomes.Where(o => o.Proven).Select(o => o.Stored!.Link)], cancellationToken);
        foreach (var (file, outcome) in sent.Zip(outcomes))
            Conclude(file, outcome, actual);
    }

    private UploadNote Note((int Index, NewFile Item) file) =>
        new(volume.Options.Times == TimesMode.None ? null : file.Item.ModTime, _shown.TryGetValue(file.Item.Path.Name, out var old) ? [old.File!.Link] : []);

    private static UploadFile Source(NewFile file) =>
        new(PathNames.ToName(file.Path.Name), file.Length, async token => new AnnouncedStream(await file.OpenAsync(token), file.Length)) { Checksum = file.Checksum };

    private void Conclude((int Index, NewFile Item) file, UploadOutcome outcome, FolderId actual)
    {
        if (!outcome.Proven)
        {
            _results[file.Index] = new ItemResult(file.Item.Path) { Error = outcome.Error };
            return;
        }

        var link = outcome.Stored!.Link;
        _number = actual;
        _proven.Add(outcome.File.Name);
        _results[file.Index] = new ItemResult(file.Item.Path) { Entry = volume.Remembered(file.Item.Path, actual, link) };
        if (_shown.TryGetValue(file.Item.Path.Name, out var old) && volume.Remembered(file.Item.Path, actual, old.File!.Link) is not null)
            Replaced.Add(old);
        if (file.Item.ModTime is { } modTime)
            Timed.Add((link, modTime));
    }

    private void Fail(int index, Exception e)
    {
        _results[index] = new ItemResult(files[index].Path) { Error = e };
        options.Progress?.Report(new TransferEnded(files[index].Path.ToString(), e));
    }
}
