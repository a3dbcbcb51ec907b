using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>Removes a file, or a folder after all that is in it. What cannot go keeps the folders above it, which are not failures of their own.</summary>
internal static class TreeRemoval
{
    public static async Task<IReadOnlyList<Failure>> RunAsync(DavRequest request, Entry entry, CancellationToken cancellationToken)
    {
        var doomed = entry.IsFolder ? await TreeAsync(request.Volume, entry, cancellationToken) : [entry];
        var results = await request.Volume.RemoveAsync([.. doomed.Select(e => e.Path)], cancellationToken);
        var kept = doomed.Zip(results, (e, r) => new Failure(e, r.Error!)).Where(f => f.Error is not (null or PathNotFoundException)).ToList();
        foreach (var gone in kept.Count == 0 ? [entry] : doomed.Except(kept.Select(f => f.Entry)))
            Forget(request, gone.Path);
        return [.. kept.Where((f, n) => !kept.Take(n).Any(deeper => deeper.Entry.Path.IsWithin(f.Entry.Path)))];
    }

    private static void Forget(DavRequest request, VolumePath path)
    {
        request.State.Properties.RemoveTree(request.Whole(path));
        request.State.Locks.ReleaseWithin(request.Whole(path));
    }

    /// <summary>Everything in a folder and the folder, each before what it lies in.</summary>
    private static async Task<List<Entry>> TreeAsync(IVolume volume, Entry folder, CancellationToken cancellationToken)
    {
        List<Entry> all = [folder];
        await foreach (var (_, contents) in volume.WalkAsync(folder.Path, cancellationToken: cancellationToken))
            all.AddRange(contents.Entries);
        all.Reverse();
        return all;
    }
}
