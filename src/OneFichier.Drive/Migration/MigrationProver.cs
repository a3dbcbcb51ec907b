namespace OneFichier.Drive.Migration;

/// <summary>
/// Proves what a migration stored: lists every folder anew, knowing nothing, and compares each file by size and, where its source's checksum is known or was computed on the way, by Whirlpool.
/// </summary>
/// <param name="store">Where the manifest is.</param>
/// <param name="head">The migration.</param>
/// <param name="target">The folder it fills.</param>
/// <param name="options">How to go about it.</param>
public sealed class MigrationProver(IMigrationStore store, MigrationHead head, MigrationTarget target, MigrationOptions options)
{
    private const int LooksAtMost = 3;

    /// <summary>A tree that remembers nothing, so that nobody's memory is taken for the service's word.</summary>
    private readonly RemoteTree _fresh = new(target.Volume.Tree.Client, new MemoryListingStore(), new RemoteTreeOptions { Time = options.Time });

    /// <summary>Proves what is stored and not proven yet.</summary>
    /// <param name="again">Prove what is proven already too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ProveAsync(bool again = false, CancellationToken cancellationToken = default)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Parallel), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await store.FoldersAsync(head.Name, cancellationToken), parallel, async (folder, token) => await ProveAsync(folder, again, token));
    }

    private async Task ProveAsync(VolumePath folder, bool again, CancellationToken cancellationToken)
    {
        var left = (await store.FolderAsync(head.Name, folder, cancellationToken)).Where(i => i.State == MigrationState.Stored || (again && i.State == MigrationState.Proven)).ToList();
        var count = left.Count;
        for (var look = 1; left.Count > 0; look++)
        {
            var view = await LookAsync(folder, cancellationToken);
            var judged = left.ConvertAll(i => Judge(i, view, look == LooksAtMost));
            var settled = judged.Where(i => i.State != MigrationState.Stored).ToList();
            await store.RecordAsync(head.Name, settled, cancellationToken);
            await RemoveTwinsAsync(settled, view, cancellationToken);
            foreach (var item in settled.Where(i => i.State != MigrationState.Proven))
                options.Progress?.Report(new ItemEnded(item));

            left = judged.FindAll(i => i.State == MigrationState.Stored);
            if (look == 1)
                await BringBackAsync(folder, left, cancellationToken);
        }

        if (count > 0)
            options.Progress?.Report(new FolderProven(folder, count));
    }

    private async Task<ILookup<string, RemoteEntry>> LookAsync(VolumePath folder, CancellationToken cancellationToken)
    {
        try
        {
            var number = await target.Volume.Tree.GetFolderAsync(target.Volume.At(target.At(folder)), Refresh.WhenOld, cancellationToken);
            var view = await _fresh.ListAsync(number, Refresh.Always, cancellationToken);
            return view.Failure is { } failure ? throw failure : view.All.Where(e => !e.IsFolder).ToLookup(e => e.Name, StringComparer.Ordinal);
        }
        catch (PathNotFoundException)
        {
            return Enumerable.Empty<RemoteEntry>().ToLookup(e => e.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>What a file is after a look. The service may list what it took a little later; what is not there at the last look is lost.</summary>
    private MigrationItem Judge(MigrationItem item, ILookup<string, RemoteEntry> view, bool last)
    {
        var found = Of(item, view);
        if (found?.File is not { } file)
            return last ? item with { State = MigrationState.Failed, Error = "The service does not list it.", Proof = MigrationProof.None } : item with { State = MigrationState.Stored };
        if (file.Size != item.Size || (item.Checksum is { } sum && file.Checksum != sum))
            return item with { State = MigrationState.Wrong, Error = Difference(item, file), StoredSize = file.Size, StoredChecksum = file.Checksum, Proof = MigrationProof.None };

        return item with
        {
            State = MigrationState.Proven,
            Stored = file.Link,
            StoredSize = file.Size,
            StoredChecksum = file.Checksum,
            Proof = item.Checksum is null ? MigrationProof.Size : MigrationProof.Checksum,
            Error = null,
            Done = item.Done ?? options.Time.GetUtcNow(),
        };
    }

    private static RemoteEntry? Of(MigrationItem item, ILookup<string, RemoteEntry> view)
    {
        var named = view[item.Target.Name].ToList();
        return named.Find(e => e.File!.Link.Id == item.Stored?.Id) ?? named.FirstOrDefault();
    }

    /// <summary>
    /// The service silently takes the root for a folder that is no more (1fichier-api §3.3). What was sent into a folder that somebody removed meanwhile is brought back from there, and the folder made again.
    /// </summary>
    private async Task BringBackAsync(VolumePath folder, IReadOnlyList<MigrationItem> missing, CancellationToken cancellationToken)
    {
        var place = target.Volume.At(target.At(folder));
        if (missing.Count == 0 || (place.Path.IsRoot && place.Start == FolderId.Root))
            return;

        var sent = missing.Select(i => i.Stored?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var strays = (await _fresh.ListAsync(FolderId.Root, Refresh.Always, cancellationToken)).All.Where(e => e.File is { } file && sent.Contains(file.Link.Id)).ToList();
        if (strays.Count == 0)
            return;

        await target.FilesAsync(folder, options.Time.GetUtcNow(), despiteDoubt: false, cancellationToken);
        await target.Volume.MakeFolderAsync(target.At(folder), cancellationToken);
        await target.Volume.Tree.MoveFilesAsync(strays, place, NameClash.KeepBoth, cancellationToken);
    }

    private static string Difference(MigrationItem item, ListedFile file) => file.Size != item.Size
        ? $"The service lists {file.Size} bytes, the source {item.Size}."
        : $"The service lists the checksum {file.Checksum}, the source has {item.Checksum}.";

    /// <summary>
    /// Takes away what came twice because somebody died between sending and writing it down: files of the very name, size and checksum of one that is proven, stored since the migration was planned.
    /// No content is lost by it.
    /// </summary>
    private async Task RemoveTwinsAsync(IEnumerable<MigrationItem> proven, ILookup<string, RemoteEntry> view, CancellationToken cancellationToken)
    {
        var since = head.Created.AddMinutes(-1);
        var twins = proven.Where(i => i.State == MigrationState.Proven)
            .SelectMany(i => view[i.Target.Name].Where(e => e.File!.Link.Id != i.Stored!.Value.Id && e.File.Size == i.StoredSize && e.File.Checksum is { } sum && sum == i.StoredChecksum && e.File.Uploaded >= since))
            .ToList();
        if (twins.Count > 0)
            await target.Volume.Tree.RemoveFilesAsync(twins, cancellationToken);
    }
}
