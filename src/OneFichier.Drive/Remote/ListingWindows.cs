namespace OneFichier.Drive.Remote;

/// <summary>Completes the listing of a folder that holds more than one listing can, by asking for the files of ever shorter stretches of time.</summary>
internal sealed class ListingWindows(TreeContext tree)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async Task<(IReadOnlyCollection<RemoteFile> Files, bool Complete)> CompleteAsync(FolderListing listing, CancellationToken cancellationToken)
    {
        var files = listing.Files ?? [];
        if (!listing.MayBeCut)
            return (files, true);
        var all = files.ToDictionary(f => f.Link.Id);
        var covered = await CoverAsync(listing.Id, all, cancellationToken);
        return (all.Values, covered && !(listing.FileCount > all.Count));
    }

    private async Task<bool> CoverAsync(FolderId folder, Dictionary<string, RemoteFile> all, CancellationToken cancellationToken)
    {
        var open = new Stack<FileListFilter>();
        var whole = Split(new FileListFilter(), all.Values, open);
        for (var asked = 0; whole && open.TryPop(out var window); asked++)
        {
            if (asked == tree.Options.MaxWindows)
                return false;
            try
            {
                tree.CountListing();
                var part = await tree.Client.Files.ListAsync(folder, window, cancellationToken);
                foreach (var file in part.Files)
                    all[file.Link.Id] = file;
                whole = !part.MayBeCut || Split(window, part.Files, open);
            }
            catch (FichierException e) when (e.IsTransient)
            {
                return false;
            }
        }

        return whole;
    }

    /// <summary>Halves a window at a date that was seen. Whether its bounds belong to a window is not known, so the halves overlap by a second.</summary>
    private static bool Split(FileListFilter window, IEnumerable<RemoteFile> files, Stack<FileListFilter> open)
    {
        var dates = files.Select(f => f.Uploaded).OfType<DateTimeOffset>().Order().ToList();
        var middle = dates.TakeWhile(d => d < dates[^1]).Take((dates.Count / 2) + 1).LastOrDefault();
        if (middle == default)
            return false;
        var (older, newer) = (window with { Before = middle + (2 * Second) }, window with { After = middle + Second });
        if (older.Before >= window.Before || newer.After <= window.After)
            return false;
        open.Push(older);
        open.Push(newer);
        return true;
    }
}
