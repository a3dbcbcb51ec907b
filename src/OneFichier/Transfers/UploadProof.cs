namespace OneFichier.Transfers;

/// <summary>Compares what was sent with what the service stored, by its report or, where that is missing or incomplete, by the folder's listing.</summary>
internal sealed class UploadProof(FileClient files, FichierOptions options, UploadSettings settings, Action<TransferEvent> report)
{
    private const int Looks = 4;

    public async Task ProveAsync(IReadOnlyList<SentFile> session, UploadReport? nodeReport, CancellationToken cancellationToken)
    {
        var unclaimed = (nodeReport?.Files ?? []).DistinctBy(f => f.Link).ToList();
        ClaimProven(session, unclaimed);
        await RemoveCorruptAsync(session, unclaimed, cancellationToken).ConfigureAwait(false);
        for (var look = 1; look <= Looks && session.Any(f => f.Outcome is null); look++)
        {
            await LookAsync(session, nodeReport, cancellationToken).ConfigureAwait(false);
        }
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

    /// <summary>What came in under a sent name with another checksum is no use to anybody: it goes, and the file is sent again.</summary>
    private async Task RemoveCorruptAsync(IReadOnlyList<SentFile> session, List<UploadedFile> unclaimed, CancellationToken cancellationToken)
    {
        var corrupt = unclaimed.Where(u => u.Checksum is not null && session.Any(f => f.Outcome is null && f.File.Name == u.Name)).ToList();
        if (corrupt.Count == 0)
        {
            return;
        }

        await files.RemoveAsync([.. corrupt.Select(c => c.Link)], cancellationToken).ConfigureAwait(false);
        throw new FichierIntegrityException($"'{corrupt[0].Name}' arrived with another checksum than it was sent with; the bad copy was removed.")
        {
            Remedy = "Send it again. If it happens often, the network or the memory of this machine is at fault.",
        };
    }

    private async Task LookAsync(IReadOnlyList<SentFile> session, UploadReport? nodeReport, CancellationToken cancellationToken)
    {
        var listing = await files.ListAsync(settings.Folder, null, cancellationToken).ConfigureAwait(false);
        var reported = (nodeReport?.Files ?? []).Select(f => f.Link).ToHashSet();
        var stored = listing.Files
            .OrderByDescending(f => reported.Contains(f.Link)).ThenByDescending(f => f.Uploaded)
            .Select(f => new UploadedFile(f.Link, f.Name, f.Size) { StoredName = f.StoredName, Checksum = f.Checksum })
            .ToList();
        var waiting = session.Where(f => f.Outcome is null).ToList();
        foreach (var file in waiting)
        {
            if (stored.Find(s => s.Name == file.File.Name && file.Matches(s.Size, s.Checksum)) is { } match)
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
