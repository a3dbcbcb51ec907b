using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneFichier.Wire;

/// <summary>Whether a call may be sent again when nobody knows what became of it.</summary>
internal enum Repeat
{
    /// <summary>Asking twice is the same as asking once.</summary>
    Freely,

    /// <summary>Only when the first was certainly not carried out.</summary>
    WhenRefused,
}

/// <summary>One call of the API: JSON in, JSON out, repeated where that is safe.</summary>
internal sealed class ApiChannel(HttpMessageInvoker http, KeyGuard guard, Addresses addresses, FichierOptions options)
{
    private readonly AnswerReader _reader = new(options.Time);

    public FichierOptions Options => options;

    public Task<TAnswer> CallAsync<TRequest, TAnswer>(
        ApiCall call, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TAnswer : Answer =>
        CallAsync(call, request, (requestType, answerType), Repeat.Freely, cancellationToken);

    public Task<TAnswer> CallAsync<TRequest, TAnswer>(
        ApiCall call, TRequest request, (JsonTypeInfo<TRequest> Request, JsonTypeInfo<TAnswer> Answer) types, Repeat repeat, CancellationToken cancellationToken)
        where TAnswer : Answer
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, types.Request);
        return RepeatAsync(repeat, token => OnceAsync(call, body, types.Answer, token), cancellationToken);
    }

    public Task<byte[]> RawAsync(ApiCall call, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        RepeatAsync(Repeat.WhenRefused, async token =>
        {
            using var response = await SendAsync(await PostAsync(call, body.ToArray(), token).ConfigureAwait(false), token).ConfigureAwait(false);
            await _reader.ReadAsync(response, call.Endpoint, WireJson.Default.PlainAnswer, token).ConfigureAwait(false);
            return await AnswerReader.BodyAsync(response, token).ConfigureAwait(false);
        }, cancellationToken);

    private async Task<TAnswer> OnceAsync<TAnswer>(ApiCall call, byte[] body, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
        where TAnswer : Answer
    {
        using var response = await SendAsync(await PostAsync(call, body, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return await _reader.ReadAsync(response, call.Endpoint, type, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<HttpRequestMessage> PostAsync(ApiCall call, byte[] body, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, addresses.Api(call.Endpoint)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        request.Options.Set(ApiCall.OptionsKey, call);
        await guard.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            var call = request.Options.TryGetValue(ApiCall.OptionsKey, out var known) ? known : new ApiCall("?");
            try
            {
                return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (IsLateConnection(e) && !cancellationToken.IsCancellationRequested))
            {
                throw Broken(call, e, mayHaveHappened: !NeverLeft(e));
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new FichierUnavailableException($"The service did not answer {call.Endpoint} in time.", e) { MayHaveHappened = true };
            }
        }
    }

    private async Task<T> RepeatAsync<T>(Repeat repeat, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await guard.RenewingAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (FichierException e) when (tried < options.Attempts && MayRepeat(e, repeat))
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(3, tried - 1))), options.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool MayRepeat(FichierException e, Repeat repeat) => e switch
    {
        FichierUnavailableException u => repeat == Repeat.Freely || !u.MayHaveHappened,
        FichierProtocolException => repeat == Repeat.Freely,
        _ => false,
    };

    private static bool IsLateConnection(Exception e) => e is OperationCanceledException { InnerException: TimeoutException };

    private static bool NeverLeft(Exception e) =>
        IsLateConnection(e) || (e as HttpRequestException)?.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static FichierUnavailableException Broken(ApiCall call, Exception cause, bool mayHaveHappened) =>
        new($"The connection to the service failed during {call.Endpoint}: {cause.Message}", cause)
        {
            MayHaveHappened = mayHaveHappened,
            Remedy = "Check the network, the proxy settings and https://1fichier.com in a browser; then try again.",
        };
}
