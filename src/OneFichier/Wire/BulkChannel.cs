using System.Net;
using System.Net.Http.Headers;

namespace OneFichier.Wire;

/// <summary>Requests that carry bytes, to upload nodes and download hosts; none of them spends the request budget.</summary>
internal sealed class BulkChannel(HttpMessageInvoker http, KeyGuard guard, FichierOptions options)
{
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool withKey, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        if (withKey)
        {
            await guard.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            FichierMetrics.CountSent(request.Content?.Headers.ContentLength ?? 0);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FichierUnavailableException($"The connection to {request.RequestUri!.Host} failed: {Innermost(e)}", e) { MayHaveHappened = true };
        }
    }

    /// <summary>As <see cref="SendAsync"/>, for an answer that is small and is to come whole within the time of a call.</summary>
    public async Task<HttpResponseMessage> WholeAsync(HttpRequestMessage request, bool withKey, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.CallTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        HttpResponseMessage? response = null;
        try
        {
            response = await SendAsync(request, withKey, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(either.Token).ConfigureAwait(false);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            if (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new FichierUnavailableException($"{request.RequestUri!.Host} did not answer in full.", e);
            }

            throw;
        }
    }

    public async Task<DirectBody> OpenAsync(Uri address, long from, long? length, CancellationToken cancellationToken)
    {
        var response = await GetAsync(address, from, length, cancellationToken).ConfigureAwait(false);
        try
        {
            var (start, total) = Check(response, from, length);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new DirectBody(response, new ExactStream(stream, from - start, length ?? (total - from)), from, total);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, long from, long? length, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.AcceptEncoding.ParseAdd("identity");
            if (from > 0 || length is not null)
            {
                request.Headers.Range = new RangeHeaderValue(from, from + length - 1);
            }

            var response = await SendAsync(request, withKey: false, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location || hops == 3)
            {
                return response;
            }

            response.Dispose();
            address = new Uri(address, location);
        }
    }

    private static (long Start, long? Total) Check(HttpResponseMessage response, long from, long? length)
    {
        var content = response.Content.Headers;
        if (!response.IsSuccessStatusCode)
        {
            throw response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests
                ? new FichierUnavailableException($"The download host answered HTTP {(int)response.StatusCode}: it fails, or has too many connections.")
                : new FichierProtocolException($"The direct link answered HTTP {(int)response.StatusCode}: it has expired, or the file has changed.");
        }

        if (content.ContentType?.MediaType is "text/html" && content.ContentDisposition is null)
        {
            throw new FichierProtocolException("The direct link shows a web page instead of the file: it has expired, or is refused from here.");
        }

        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            return (0, content.ContentLength);
        }

        var range = content.ContentRange;
        return range?.From == from && (length is null || range.To is null || range.To <= from + length - 1)
            ? (from, range.Length)
            : throw new FichierProtocolException($"The direct link answered with another range than the one asked for ({range}).");
    }

    private static string Innermost(Exception e) => (e.InnerException is IOException inner ? inner : e).Message;
}
