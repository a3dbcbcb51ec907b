namespace OneFichier.Transfers;

/// <summary>Sends many files of one folder: sessions in parallel, each proven file by file.</summary>
internal sealed class Uploader(UploadClient uploads, FileClient files, FichierOptions options)
{
    /// <summary>So many refusals in a row concern the account or the folder, and no single file.</summary>
    private const int ManyRefusals = 15;

    public async Task<IReadOnlyList<UploadOutcome>> SendAsync(
        IReadOnlyList<UploadFile> sources, UploadSettings settings, UploadBatchOptions batch, Action<TransferEvent> report, CancellationToken cancellationToken)
    {
        var sent = sources.Select(f => new SentFile(f, report)).ToList();
        RefuseImpossible(sent);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, batch.Sessions) };
        Exception? hopeless = null;
        await Parallel.ForEachAsync(UploadPlan.Sessions(sent.Where(f => f.Outcome is null), batch), parallel, async (session, _) =>
        {
            if (hopeless is { } known)
            {
                session.ForEach(f => f.Fail(known));
            }
            else
            {
                await SendAsync(session, part => new UploadSession(uploads, files, options, settings, batch, report).RunAsync(part, cancellationToken), report).ConfigureAwait(false);
                hopeless ??= session.Select(f => f.Outcome!.Error).FirstOrDefault(e => e is FichierKeyException or FichierLockedException);
            }
        }).ConfigureAwait(false);
        UploadOutcome[] outcomes = [.. sent.Select(f => f.Outcome!)];
        return batch.ReturnsWhenCancelled ? outcomes : UploadOutcome.ThrowIfCancelled(outcomes);
    }

    /// <summary>Sends a session; one that is refused whole goes again in halves, so that a file the service does not want keeps no other from being stored.</summary>
    private static async Task SendAsync(IReadOnlyList<SentFile> session, Func<IReadOnlyList<SentFile>, Task<FichierRejectedException?>> sendAsync, Action<TransferEvent> report)
    {
        var parts = new Queue<IReadOnlyList<SentFile>>([session]);
        for (var refusals = 0; parts.TryDequeue(out var part);)
        {
            if (await sendAsync(part).ConfigureAwait(false) is not { } refusal)
            {
                refusals = 0;
                continue;
            }

            var open = part.Where(f => f.Outcome is null).ToList();
            if (open.Count == 1)
            {
                refusals++;
                open[0].Fail(refusal);
            }
            else if (++refusals >= ManyRefusals || refusal.Known?.Subject == ServiceSubject.Room)
            {
                parts.Append(open).SelectMany(p => p).ToList().ForEach(f => f.Fail(refusal));
                return;
            }
            else
            {
                report(new TransferNotice($"The node refused {open.Count} files together; sending them in two parts, to find the one it means: {refusal.Message}"));
                parts.Enqueue(open[..(open.Count / 2)]);
                parts.Enqueue(open[(open.Count / 2)..]);
            }
        }
    }

    private static void RefuseImpossible(List<SentFile> sent)
    {
        foreach (var file in sent)
        {
            if (UploadClient.Impossible(file.File) is { } impossible)
            {
                file.Fail(impossible);
            }
        }
    }
}
