using System.Net;
using System.Text;

namespace OneFichier.Wire;

/// <summary>Sends the form of a session to its node (<c>upload.cgi</c>) and reads whether it was accepted.</summary>
internal sealed class UploadChannel(BulkChannel bulk, Addresses addresses, FichierOptions options)
{
    // A node that has the whole form may have to store it before it answers; giving up early would mean not knowing.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(10);

    public async Task<UploadTicket> SendAsync(
        UploadNode node, IEnumerable<(string, string)> fields, IReadOnlyList<(string, UploadFile)> files, Action<long>? progress, LateCancellation cancellation)
    {
        using var stall = new StallGuard(options, cancellation.Token);
        using var form = new UploadForm(fields, files, bytes =>
        {
            stall.Moved();
            progress?.Invoke(bytes);
        })
        {
            WhenSent = () => stall.Allow(AnswerPatience),
            MayEnd = cancellation.TryCommit,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Node(node.Host, $"/upload.cgi?id={node.Id}")) { Content = form };
        request.Headers.ExpectContinue = false;
        using var response = await PostAsync(request, form, stall, cancellation.Token).ConfigureAwait(false);
        return Accepted(node, response, request.RequestUri!) ?? throw await RefusedAsync(response, cancellation.Token).ConfigureAwait(false);
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
}
