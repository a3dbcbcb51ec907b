namespace OneFichier.Transfers;

/// <summary>
/// One session, from the node to the proof. It is sent a second time through another node only where the first certainly stored nothing; where that is
/// not certain, what was stored is looked for first, so that nothing is stored twice.
/// </summary>
internal sealed class UploadSession(
    UploadClient uploads, FileClient files, FichierOptions options, UploadSettings settings, UploadBatchOptions batch, Action<TransferEvent> report)
{
    private const int Attempts = 3;

    private static readonly TimeSpan LostPatience = TimeSpan.FromSeconds(20);

    private readonly UploadProof _proof = new(files, options, settings, report);

    public async Task RunAsync(IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        IReadOnlyList<SentFile> left = session;
        for (var attempt = 1; left.Count > 0; attempt++)
        {
            try
            {
                await OnceAsync(left, cancellationToken).ConfigureAwait(false);
            }
            catch (FichierSourceException e)
            {
                FailSource(left, e);
                attempt--;
            }
            catch (FichierException e) when (attempt < Attempts && MaySendAgain(e))
            {
                report(new TransferNotice($"Sending {Shown(left)} again through another node: {e.Message}"));
            }
            catch (FichierException e)
            {
                FailAll(left, e);
            }

            left = [.. left.Where(f => f.Outcome is null)];
            if (left.Count > 0 && attempt == Attempts)
            {
                FailAll(left, new FichierUnavailableException("The service took the file but shows no trace of it."));
            }
        }
    }

    private async Task OnceAsync(IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        var node = await uploads.GetNodeAsync(cancellationToken).ConfigureAwait(false);
        var (ticket, patience) = await SendAsync(node, session, cancellationToken).ConfigureAwait(false);
        var stored = await ReportAsync(ticket, patience, cancellationToken).ConfigureAwait(false);
        await _proof.ProveAsync(session, stored, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The ticket, and how long its report is worth waiting for: not long where the answer was lost and the ticket is a guess.</summary>
    private async Task<(UploadTicket Ticket, TimeSpan Patience)> SendAsync(UploadNode node, IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        var pace = new UploadPace(session.Sum(f => f.File.Length), options.Time, text => report(new TransferNotice(text)));
        try
        {
            return (await uploads.SendAsync(node, [.. session.Select(f => f.Watched)], settings, pace.Advance, cancellationToken).ConfigureAwait(false), batch.ReportPatience);
        }
        catch (FichierUnavailableException e) when (e.MayHaveHappened)
        {
            report(new TransferNotice($"The answer to {Shown(session)} was lost; looking for what the node stored."));
            return (new UploadTicket(node.Host, node.Id), LostPatience);
        }
    }

    private async Task<UploadReport?> ReportAsync(UploadTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await uploads.GetReportAsync(ticket, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (FichierException e) when (e.IsTransient)
        {
            report(new TransferNotice("The node gives no report; looking for the files in their folder instead."));
            return null;
        }
    }

    private static bool MaySendAgain(FichierException e) => e is FichierUnavailableException { MayHaveHappened: false } or FichierProtocolException or FichierIntegrityException;

    private static void FailSource(IReadOnlyList<SentFile> session, FichierSourceException error)
    {
        foreach (var file in session.Where(f => f.File.Name == error.FileName))
        {
            file.Fail(error);
        }
    }

    private static void FailAll(IEnumerable<SentFile> session, Exception error)
    {
        foreach (var file in session)
        {
            file.Fail(error);
        }
    }

    private static string Shown(IReadOnlyList<SentFile> session) => session.Count == 1 ? $"'{session[0].File.Name}'" : $"{session.Count} files";
}
