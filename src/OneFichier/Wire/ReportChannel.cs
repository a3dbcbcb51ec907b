using System.Net;

namespace OneFichier.Wire;

/// <summary>Fetches what a node says of a session it accepted (<c>end.pl</c>).</summary>
internal sealed class ReportChannel(BulkChannel bulk, Addresses addresses, FichierOptions options)
{
    public async Task<UploadReport> FetchAsync(UploadTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = options.Time.GetUtcNow() + patience;
        FichierException? last = null;
        for (var pause = 1.0; ; pause = Math.Min(30, pause * 1.7))
        {
            try
            {
                if (await AskAsync(ticket, cancellationToken).ConfigureAwait(false) is { } report)
                {
                    return report;
                }
            }
            catch (FichierException e) when (e.IsTransient)
            {
                last = e;
            }

            if (options.Time.GetUtcNow() + TimeSpan.FromSeconds(pause) > until)
            {
                break;
            }

            await Task.Delay(TimeSpan.FromSeconds(pause), options.Time, cancellationToken).ConfigureAwait(false);
        }

        return await CsvAsync(ticket, cancellationToken).ConfigureAwait(false)
            ?? throw new FichierUnavailableException("The node took the files but gives no report of them.", last) { MayHaveHappened = true };
    }

    private async Task<UploadReport?> AskAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        using var response = await GetAsync(ticket, "JSON", cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var answer = response.IsSuccessStatusCode ? AnswerReader.Parse(body, WireJson.Default.UploadReportAnswer) : null;
        if (answer is null && !response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.NotFound)
        {
            throw Refusals.ToException(response.StatusCode, null, "end.pl", options.Time.GetUtcNow());
        }

        var files = (answer?.Links ?? []).Select(Uploaded).OfType<UploadedFile>().ToList();
        return files.Count > 0 ? new UploadReport(answer!.Incoming ?? false, files) : null;
    }

    private async Task<UploadReport?> CsvAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await GetAsync(ticket, "EXPORT", cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var files = response.IsSuccessStatusCode && !text.Contains('<', StringComparison.Ordinal) ? NodePages.Csv(text) : [];
            return files.Count > 0 ? new UploadReport(false, files) : null;
        }
        catch (FichierException e) when (e.IsTransient)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> GetAsync(UploadTicket ticket, string formatHeader, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, addresses.Node(ticket.Host, $"/end.pl?xid={Uri.EscapeDataString(ticket.ReportId)}"));
        request.Headers.Add(formatHeader, "1");
        return await bulk.WholeAsync(request, withKey: true, cancellationToken).ConfigureAwait(false);
    }

    private static UploadedFile? Uploaded(UploadReportLink link) => FileLink.TryParse(link.Download, out var file)
        ? new UploadedFile(file, Names.ServiceName.Decode(link.Filename ?? ""), link.Size ?? -1)
        {
            StoredName = link.Filename ?? "",
            Checksum = Mapping.Hash(link.Whirlpool),
            RemovalUrl = string.IsNullOrWhiteSpace(link.Remove) ? null : link.Remove,
        }
        : null;
}
