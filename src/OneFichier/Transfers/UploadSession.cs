namespace OneFichier.Transfers;

/// <summary>
/// One session, from the node to the proof. It is sent a second time through another node only where the first certainly stored nothing; where that is
/// not certain, what was stored is looked for first, so that nothing is stored twice.
/// </summary>
internal sealed class UploadSession(
    UploadClient uploads, FileClient files, FichierOptions options, UploadSettings settings, UploadBatchOptions batch, Action<TransferEvent> report)
{
    private const int Attempts = 3;
    private const string CorruptRemedy = "Send it again. If it happens often, the network or the memory of this machine is at fault.";

    private static readonly TimeSpan LostPatience = TimeSpan.FromSeconds(20);

    private readonly UploadProof _proof = new(files, options, settings, report);
    private bool _refusedByNode;
    private FichierRejectedException? _refusal;

    /// <returns>Why the node refused what has no outcome yet, none of which is stored; <see langword="null"/> when every file has its outcome.</returns>
    public async Task<FichierRejectedException?> RunAsync(IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        var left = session;
        for (var attempt = 1; left.Count > 0; attempt++)
        {
            try
            {
                await OnceAsync(left, cancellationToken).ConfigureAwait(false);
            }
            catch (FichierSourceException e)
            {
                left.Where(f => f.IsBeingRead).ToList().ForEach(f => f.Fail(f.Reason(e)));
                attempt--;
            }
            catch (FichierException e) when (attempt < Attempts && MaySendAgain(e))
            {
                report(new TransferNotice($"Sending {Shown(Open(left))} again through another node: {e.Message}"));
            }
            catch (FichierRejectedException e) when (e == _refusal)
            {
                return e;
            }
            catch (Exception e) when (e is FichierException or IOException or UnauthorizedAccessException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
            {
                FailAll(left, e);
            }

            left = Open(left);
        }

        return null;
    }

    /// <summary>One attempt, and its page in the journal. What was sent whole and cancelled before its end was known stays open there.</summary>
    private async Task OnceAsync(IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        var node = await uploads.GetNodeAsync(cancellationToken).ConfigureAwait(false);
        var record = await BeginAsync(node, session, cancellationToken).ConfigureAwait(false);
        void TellLate() => report(new TransferNotice($"{Shown(session)} had been sent whole; waiting a moment for what becomes of it."));
        using var cancellation = new LateCancellation(options.Time, TellLate, cancellationToken);
        try
        {
            await SendAndProveAsync(node, session, record, cancellation).ConfigureAwait(false);
        }
        catch (FichierException)
        {
            await SettleAsync(record, session, cancellation.Token).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException) when (!cancellation.IsCommitted)
        {
            await SettleAsync(record, session, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException e)
        {
            var unknown = new FichierUnavailableException($"{Shown(session)} had been sent whole, and what became of it was not known in time.", e) { MayHaveHappened = true };
            throw new OperationCanceledException(unknown.Message, unknown, cancellationToken);
        }

        await SettleAsync(record, session, cancellation.Token).ConfigureAwait(false);
    }

    private static ValueTask SettleAsync(IUploadRecord? record, IReadOnlyList<SentFile> session, CancellationToken cancellationToken) =>
        record?.SettledAsync([.. session.Select(f => f.Outcome).OfType<UploadOutcome>()], cancellationToken) ?? default;

    private async Task<IUploadRecord?> BeginAsync(UploadNode node, IReadOnlyList<SentFile> session, CancellationToken cancellationToken)
    {
        if (batch.Journal is not { } journal)
        {
            return null;
        }

        var record = await journal.BeginAsync(new UploadIntent(node, settings.Folder, [.. session.Select(f => f.File)]), cancellationToken).ConfigureAwait(false);
        foreach (var file in session)
        {
            file.Prepare(token => session.All(f => f.Checksum is not null) ? record.ReadAsync([.. session.Select(f => f.Checksum!.Value)], token) : default);
        }

        return record;
    }

    private async Task SendAndProveAsync(UploadNode node, IReadOnlyList<SentFile> session, IUploadRecord? record, LateCancellation cancellation)
    {
        var (ticket, accepted) = await SendAsync(node, session, cancellation).ConfigureAwait(false);
        var cancellationToken = cancellation.Token;
        if (accepted && record is not null)
        {
            await record.AcceptedAsync(ticket, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var stored = await ReportAsync(ticket, accepted ? batch.ReportPatience : LostPatience, cancellationToken).ConfigureAwait(false);
            var corrupt = await _proof.ProveAsync(session, stored, cancellationToken).ConfigureAwait(false);
            if (accepted)
            {
                FailAll(session.Except(corrupt), new FichierUnavailableException("The service took the file but shows no trace of it.") { MayHaveHappened = true });
            }
        }
        catch (FichierException e)
        {
            FailAll(session, new FichierUnavailableException($"The service took {Shown(Open(session))}, but what it stored could not be looked at: {e.Message}", e)
            {
                MayHaveHappened = true,
                Remedy = "List the folder before sending again.",
            });
        }

        if (Open(session) is { Count: > 0 } again)
        {
            throw accepted
                ? new FichierIntegrityException($"{Shown(again)} arrived with another checksum than sent; the bad copy was removed.") { Remedy = CorruptRemedy }
                : new FichierUnavailableException($"The answer to {Shown(again)} was lost, and nothing of it is stored.");
        }
    }

    /// <summary>The ticket, and whether the node accepted; where its answer was lost the ticket is a guess, and its report not worth a long wait.</summary>
    private async Task<(UploadTicket Ticket, bool Accepted)> SendAsync(UploadNode node, IReadOnlyList<SentFile> session, LateCancellation cancellation)
    {
        var pace = new UploadPace(session.Sum(f => f.File.Length), options.Time, text => report(new TransferNotice(text)));
        try
        {
            return (await uploads.SendAsync(node, [.. session.Select(f => f.Watched)], settings, pace.Advance, cancellation).ConfigureAwait(false), true);
        }
        catch (FichierRejectedException e)
        {
            _refusal = e;
            throw;
        }
        catch (FichierUnavailableException e) when (e.MayHaveHappened)
        {
            report(new TransferNotice($"The answer to {Shown(session)} was lost; looking for what the node stored."));
            return (new UploadTicket(node.Host, node.Id), false);
        }
    }

    private async Task<UploadReport?> ReportAsync(UploadTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await uploads.GetReportAsync(ticket, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (FichierException)
        {
            report(new TransferNotice("The node gives no report; looking for the files in their folder instead."));
            return null;
        }
    }

    /// <summary>Where certainly nothing was stored, and a refusal in the node's own words once only.</summary>
    private bool MaySendAgain(FichierException e)
    {
        var again = e is FichierIntegrityException || (e is FichierUnavailableException { MayHaveHappened: false } && !(_refusedByNode && e.ServiceText is not null));
        _refusedByNode |= e.ServiceText is not null;
        return again;
    }

    private static IReadOnlyList<SentFile> Open(IReadOnlyList<SentFile> session) => [.. session.Where(f => f.Outcome is null)];

    private static void FailAll(IEnumerable<SentFile> session, Exception error)
    {
        foreach (var file in session.Where(f => f.Outcome is null))
        {
            file.Fail(error);
        }
    }

    private static string Shown(IReadOnlyList<SentFile> session) => session.Count == 1 ? $"'{session[0].File.Name}'" : $"{session.Count} files";
}
