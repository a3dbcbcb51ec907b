using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>Copies a file or a folder within the volume: on the service where it can be done there, else by reading and writing. What cannot be copied leaves the rest alone.</summary>
internal sealed class TreeCopy(DavRequest request, Relocation copy)
{
    private const int Looks = 3;

    private readonly List<Failure> _failures = [];
    private readonly HashSet<VolumePath> _closed = [];

    public async Task<IReadOnlyList<Failure>> RunAsync(bool deep, CancellationToken cancellationToken)
    {
        if (!copy.Source.IsFolder)
            await FilesAsync([copy.Source], cancellationToken);
        else if (await FolderAsync(copy.Source, cancellationToken) && deep)
            await BelowAsync(cancellationToken);
        return _failures;
    }

    private async Task BelowAsync(CancellationToken cancellationToken)
    {
        await foreach (var (folder, contents) in request.Volume.WalkAsync(copy.Source.Path, p => !_closed.Contains(p), cancellationToken))
        {
            if (!contents.Complete || contents.Stale)
                _failures.Add(new Failure(new Entry(folder, IsFolder: true), contents.Failure ?? new IOException($"'{folder}' could not be listed whole.")));
            foreach (var child in contents.Entries.Where(e => e.IsFolder))
                await FolderAsync(child, cancellationToken);
            await FilesAsync([.. contents.Entries.Where(e => !e.IsFolder)], cancellationToken);
        }
    }

    private VolumePath TargetOf(VolumePath path) => copy.Target.Combine(VolumePath.Parse(path.ToString()[copy.Source.Path.ToString().Length..]));

    private async Task<bool> FolderAsync(Entry folder, CancellationToken cancellationToken)
    {
        try
        {
            await request.Volume.MakeFolderAsync(TargetOf(folder.Path), cancellationToken);
            request.State.Properties.Copy(request.Whole(folder.Path), request.Whole(TargetOf(folder.Path)));
            return true;
        }
        catch (Exception e) when (e is FichierException or IOException or UnauthorizedAccessException)
        {
            _closed.Add(folder.Path);
            _failures.Add(new Failure(folder, e));
            return false;
        }
    }

    /// <summary>A file may have become another since it was listed, as one that was waiting to be sent and is stored now; such a one is looked at again.</summary>
    private async Task FilesAsync(IReadOnlyList<Entry> files, CancellationToken cancellationToken)
    {
        for (var look = 1; files.Count > 0; look++)
        {
            var changed = new List<Entry>();
            foreach (var (file, result) in await OnceAsync(files, cancellationToken))
            {
                if (result.Error is PathNotFoundException && look < Looks && await request.Volume.FindAsync(file.Path, cancellationToken) is { IsFolder: false } now)
                    changed.Add(now);
                else
                    Note(file, result);
            }

            files = changed;
        }
    }

    private async Task<List<(Entry File, ItemResult Result)>> OnceAsync(IReadOnlyList<Entry> files, CancellationToken cancellationToken)
    {
        var done = new List<(Entry, ItemResult)>();
        var native = request.Volume.Feature<IServerSideCopy>();
        var there = files.Where(f => native?.CanCopy(f) == true).ToList();
        if (there.Count > 0)
            done.AddRange(there.Zip(await native!.CopyAsync([.. there.Select(f => (f, TargetOf(f.Path)))], cancellationToken)));
        foreach (var batch in files.Except(there).Chunk(Math.Max(1, request.Volume.Traits.PutBatch)))
            done.AddRange(batch.Zip(await request.Volume.PutAsync([.. batch.Select(AsNew)], cancellationToken: cancellationToken)));
        return done;
    }

    private NewFile AsNew(Entry file) => new(TargetOf(file.Path), file.Size, async token => await request.Volume.OpenAsync(file.Path, new ByteRange(0, file.Size), token))
    {
        ModTime = file.ModTime,
        Checksum = file.Checksum,
    };

    private void Note(Entry file, ItemResult result)
    {
        if (result.Error is { } error)
            _failures.Add(new Failure(file, error));
        else
            request.State.Properties.Copy(request.Whole(file.Path), request.Whole(TargetOf(file.Path)));
    }
}
