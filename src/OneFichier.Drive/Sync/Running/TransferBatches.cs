namespace OneFichier.Drive.Sync;

/// <summary>Parts transfers into what is put at once: files of one folder, as many and as many bytes as a session should have; large ones alone. Lazy, so that the first goes at once.</summary>
internal static class TransferBatches
{
    private const int PartOfSession = 4;

    public static IEnumerable<IReadOnlyList<PlannedTransfer>> Of(IEnumerable<PlannedTransfer> transfers, int files, long bytes)
    {
        var batch = new List<PlannedTransfer>();
        long held = 0;
        foreach (var transfer in transfers)
        {
            if (files <= 1 || transfer.Source.Size >= bytes / PartOfSession)
            {
                yield return [transfer];
                continue;
            }

            if (batch.Count > 0 && (batch.Count >= files || held + transfer.Source.Size > bytes || batch[0].Target.Parent != transfer.Target.Parent))
            {
                yield return batch;
                (batch, held) = ([], 0);
            }

            batch.Add(transfer);
            held += transfer.Source.Size;
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
