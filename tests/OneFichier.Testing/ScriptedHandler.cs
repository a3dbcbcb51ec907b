using System.Net;
using System.Text;

namespace OneFichier.Testing;

/// <summary>Connections that go nowhere: each request is kept and answered by a script, for shapes the sandbox does not play.</summary>
public sealed class ScriptedHandler(Func<ScriptedRequest, HttpResponseMessage> script) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedRequest> _requests = [];

    /// <summary>A script of one answer: this JSON, with 200.</summary>
    public ScriptedHandler(string json) : this(_ => Json(json)) { }

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A JSON answer.</summary>
    public static HttpResponseMessage Json(string json, int status = 200) => Text(json, status, "application/json");

    /// <summary>An answer of any type.</summary>
    public static HttpResponseMessage Text(string text, int status = 200, string type = "text/html") =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8, type) };

    /// <summary>A client on these connections, with a key and a clock on which waits are short.</summary>
    public FichierClient Client(Func<FichierOptions, FichierOptions>? change = null)
    {
        var options = Stage.OptionsFor(FichierOptions.DefaultApiBase, new FastTime(2000));
        return new FichierClient(change?.Invoke(options) ?? options, Http());
    }

    /// <summary>These connections as an <see cref="HttpClient"/>.</summary>
    public HttpClient Http() => new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        ScriptedRequest asked;
        lock (_gate)
        {
            asked = new ScriptedRequest(
                _requests.Count + 1, request.Method.Method, request.RequestUri!, body,
                request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                    .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
            _requests.Add(asked);
        }

        var response = script(asked);
        response.RequestMessage ??= request;
        return response;
    }
}

/// <summary>A request as it was sent.</summary>
public sealed record ScriptedRequest(int Number, string Method, Uri Address, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Group and verb of an API call, as <c>file/ls</c>.</summary>
    public string Endpoint => Address.AbsolutePath.Replace("/v1/", "", StringComparison.Ordinal).Replace(".cgi", "", StringComparison.Ordinal);

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}
