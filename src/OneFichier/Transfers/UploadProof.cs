namespace OneFichier.Transfers;

/// <summary>Compares what was sent with what the service stored, by its report or, where that is missing or incomplete, by the folder's listing.</summary>
internal sealed class UploadProof(FileClient files, FichierOptions options, UploadSettings settings, Action<TransferEvent> report)
{
    private const int Looks = 4;

    /// <returns>The files that arrived corrupt; the bad copies are removed. What is neither proven nor corrupt shows no trace.</returns>
    public async Task<IReadOnlyList<SentFile>> ProveAsync(IReadOnlyList<SentFile> session, UploadReport? nodeReport, CancellationToken cancellationToken)
    {
        var unclaimed = (nodeReport?.Files ?? []).DistinctBy(f => f.Link).ToList();
        ClaimProven(session, unclaimed);
        var corrupt = await RemoveCorruptAsync(session, unclaimed, cancellationToken).ConfigureAwait(false);
        var missing = session.Except(corrupt).ToList();
        for (var look = 1; look <= Looks && missing.Exists(f => f.Outcome is null); look++)
        {
            await LookAsync(missing, nodeReport, cancellationToken).ConfigureAwait(false);
        }

        return corrupt;
    }

    private static void ClaimProven(IEnumerable<SentFile> session, List<UploadedFile> unclaimed)
    {
        foreach (var file in session.Where(f => f.Outcome is null))
        {
            var match = unclaimed.Find(u => u.Name == file.File.Name && file.Matches(u.Size, u.Checksum))
                ?? unclaimed.Find(u => file.Matches(u.Size, u.Checksum));
            if (match is not null)
            {
                unclaimed.Remove(match);
                file.Prove(match);
            }
        }
    }

    /// <summary>What the report of this very session shows with a checksum that was not sent is no use to anybody: it goes, and its file is sent again.</summary>
    private async Task<IReadOnlyList<SentFile>> RemoveCorruptAsync(IReadOnlyList<SentFile> session, List<UploadedFile> unclaimed, CancellationToken cancellationToken)
    {
        var open = session.Where(f => f.Outcome is null).ToList();
        var bad = unclaimed.Where(u => u.Checksum is { } sum && !session.Any(f => f.Checksum == sum)).ToList();
        var corrupt = bad.Count == open.Count ? open : open.Where(f => bad.Exists(u => u.Name == f.File.Name)).ToList();
        if (corrupt.Count == 0)
        {
            return [];
        }

        await files.RemoveAsync([.. bad.Select(c => c.Link)], cancellationToken).ConfigureAwait(false);
        return corrupt;
    }

    private async Task LookAsync(IReadOnlyList<SentFile> session, UploadReport? nodeReport, CancellationToken cancellationToken)
    {
        var listing = await files.ListAsync(settings.Folder, null, cancellationToken).ConfigureAwait(false);
        var reported = (nodeReport?.Files ?? []).Select(f => f.Link).ToHashSet();
        var taken = session.Select(f => f.Outcome?.Stored?.Link).ToHashSet();
        var stored = listing.Files
            .Where(f => !taken.Contains(f.Link))
            .OrderByDescending(f => reported.Contains(f.Link)).ThenByDescending(f => f.Uploaded)
            .Select(f => new UploadedFile(f.Link, f.Name, f.Size) { StoredName = f.StoredName, Checksum = f.Checksum })
            .ToList();
        var waiting = session.Where(f => f.Outcome is null).ToList();
        foreach (var file in waiting)
        {
            if (stored.Find(s => (s.Name == file.File.Name || reported.Contains(s.Link)) && file.Matches(s.Size, s.Checksum)) is { } match)
            {
                stored.Remove(match);
                file.Prove(match);
            }
        }

        if (session.Any(f => f.Outcome is null))
        {
            report(new TransferNotice("Some files do not show in their folder yet; looking again."));
            await Task.Delay(TimeSpan.FromSeconds(5), options.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
