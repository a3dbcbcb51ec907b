using System.Net;
using OneFichier.Governor;
using OneFichier.Testing;

namespace OneFichier.Tests.Governor;

/// <summary>A handler with the service played behind it: answers from a script, and remembers when each request came.</summary>
internal sealed class ServicePlay : IDisposable
{
    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly List<IDisposable> _owned = [];
    private readonly IBudgetLedger _ledger;

    public ServicePlay(TimeSpan? maxWait = null, IBudgetLedger? ledger = null)
    {
        _ledger = ledger ?? new MemoryLedger(new() { Time = Time });
        Options = new() { Time = Time, MaxWait = maxWait ?? TimeSpan.FromHours(10) };
        Budget = new(_ledger, Time);
        Client = Own(new HttpClient(Own(new GovernorHandler(Budget, Options) { InnerHandler = Own(new Service(this)) })) { Timeout = Timeout.InfiniteTimeSpan });
    }

    public ManualTime Time { get; } = new();

    public FichierOptions Options { get; }

    public RequestBudget Budget { get; }

    public HttpClient Client { get; }

    /// <summary>When each request came.</summary>
    public List<TimeSpan> Arrivals { get; } = [];

    public List<string> Bodies { get; } = [];

    public void Next(HttpStatusCode status, string body, Action<HttpResponseMessage>? adorn = null) => Next((_, _) =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        adorn?.Invoke(response);
        return Task.FromResult(response);
    });

    public void Next(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) => _script.Enqueue(answer);

    public Task<HttpResponseMessage> PostAsync(ApiCall? call, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:1/v1/x.cgi") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        if (call is not null)
            request.Options.Set(ApiCall.OptionsKey, call);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public void Dispose() => _owned.ForEach(o => o.Dispose());

    private T Own<T>(T thing) where T : IDisposable
    {
        _owned.Add(thing);
        return thing;
    }

    private sealed class Service(ServicePlay play) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var came = play.Time.Elapsed;
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? answer;
            lock (play._script)
            {
                play.Arrivals.Add(came);
                play.Bodies.Add(body);
                play._script.TryDequeue(out answer);
            }

            return answer is not null
                ? await answer(request, cancellationToken)
                : new(HttpStatusCode.OK) { Content = new StringContent("""{"status":"OK"}""") };
        }
    }
}
