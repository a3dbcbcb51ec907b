using System.Net;
using System.Text;

namespace OneFichier.Wire;

/// <summary>The node's side of an upload: <c>upload.cgi</c> and <c>end.pl</c>.</summary>
internal sealed class UploadChannel(BulkChannel bulk, Addresses addresses, FichierOptions options)
{
    // A node that has the whole form may have to store it before it answers; giving up early would mean not knowing.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(10);

    public async Task<UploadTicket> SendAsync(
        UploadNode node, IEnumerable<(string, string)> fields, IReadOnlyList<(string, UploadFile)> files, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var stall = new StallGuard(options, cancellationToken);
        using var form = new UploadForm(fields, files, bytes =>
        {
            stall.Moved();
            progress?.Invoke(bytes);
        })
        {
            WhenSent = () => stall.Allow(AnswerPatience),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Node(node.Host, $"/upload.cgi?id={node.Id}")) { Content = form };
        request.Headers.ExpectContinue = false;
        using var response = await PostAsync(request, form, stall, cancellationToken).ConfigureAwait(false);
        return Accepted(node, response, request.RequestUri!) ?? throw await RefusedAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public async Task<UploadReport> ReportAsync(UploadTicket ticket, TimeSpan patience, CancellationToken cancellationToken)
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

    private async Task<HttpResponseMessage> PostAsync(HttpRequestMessage request, UploadForm form, StallGuard stall, CancellationToken cancellationToken)
    {
        try
        {
            return await bulk.SendAsync(request, withKey: true, stall.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (form.SourceFailure is not null && !cancellationToken.IsCancellationRequested)
        {
            var (file, problem) = form.SourceFailure.Value;
            throw new FichierSourceException(file, problem, e);
        }
        catch (FichierUnavailableException e)
        {
            throw new FichierUnavailableException(e.Message, e) { MayHaveHappened = form.SentWhole };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FichierUnavailableException($"The upload stood still for {options.StallTimeout.TotalSeconds:0} seconds.", e) { MayHaveHappened = form.SentWhole };
        }
    }

    private static UploadTicket? Accepted(UploadNode node, HttpResponseMessage response, Uri sent)
    {
        var followed = response.RequestMessage?.RequestUri is { } final && final != sent ? final : null;
        var location = (int)response.StatusCode is 301 or 302 or 303 ? response.Headers.Location : followed;
        if (location is null)
        {
            return null;
        }

        var report = location.IsAbsoluteUri ? location : new Uri(sent, location);
        var id = report.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("xid=", StringComparison.Ordinal))?[4..];
        return report.AbsolutePath.EndsWith("/end.pl", StringComparison.Ordinal)
            ? new UploadTicket(report is { Scheme: "https", IsDefaultPort: true } && KeyGuard.IsOfService(report.Host) ? report.Authority : node.Host, string.IsNullOrEmpty(id) ? node.Id : id)
            : null;
    }

    private async Task<FichierException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var text = NodePages.AsksToWait(body) ? null : NodePages.Refusal(body) ?? AnswerReader.Parse(Encoding.UTF8.GetBytes(body), WireJson.Default.PlainAnswer)?.Message;
        return text is null && response.IsSuccessStatusCode
            ? new FichierUnavailableException("The upload node answered with a page that is neither an acceptance nor a refusal.") { MayHaveHappened = true }
            : Refusals.ToException(response.StatusCode, text, "the upload", options.Time.GetUtcNow());
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
