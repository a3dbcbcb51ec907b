namespace OneFichier.Transfers;

/// <summary>Sends many files of one folder: sessions in parallel, each proven file by file.</summary>
internal sealed class Uploader(UploadClient uploads, FileClient files, FichierOptions options)
{
    public async Task<IReadOnlyList<UploadOutcome>> SendAsync(
        IReadOnlyList<UploadFile> sources, UploadSettings settings, UploadBatchOptions batch, Action<TransferEvent> report, CancellationToken cancellationToken)
    {
        var sent = sources.Select(f => new SentFile(f, report)).ToList();
        RefuseImpossible(sent);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, batch.Sessions), CancellationToken = cancellationToken };
        Exception? hopeless = null;
        await Parallel.ForEachAsync(UploadPlan.Sessions(sent.Where(f => f.Outcome is null), batch), parallel, async (session, token) =>
        {
            if (hopeless is { } known)
            {
                session.ForEach(f => f.Fail(known));
                return;
            }

            await new UploadSession(uploads, files, options, settings, batch, report).RunAsync(session, token).ConfigureAwait(false);
            hopeless ??= session.Select(f => f.Outcome!.Error).FirstOrDefault(e => e is FichierKeyException or FichierLockedException);
        }).ConfigureAwait(false);
        return [.. sent.Select(f => f.Outcome!)];
    }

    private static void RefuseImpossible(List<SentFile> sent)
    {
        foreach (var file in sent)
        {
            if (file.File.Length == 0)
            {
                file.Fail(new FichierRejectedException($"'{file.File.Name}' is empty; the service stores no empty files.") { Remedy = "Leave it out, or store it with something in it." });
            }
            else if (file.File.Length > UploadLimits.FileBytes)
            {
                file.Fail(new FichierRejectedException($"'{file.File.Name}' is larger than the 300 GB the service takes.") { Remedy = "Split it." });
            }
        }
    }
}
