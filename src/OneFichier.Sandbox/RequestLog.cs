using System.Text;

namespace OneFichier.Sandbox;

/// <summary>The last requests, and counts of all. Safe for several threads.</summary>
internal sealed class RequestLog
{
    private const int Kept = 100_000;
    private const int BodyKept = 2000;

    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> requests = new();
    private readonly Dictionary<string, long> endpoints = new(StringComparer.Ordinal);
    private readonly long[] classes = new long[4];
    private long number;
    private long floods;
    private long refusals;
    private long sentTwice;

    public void Flooded() => Interlocked.Increment(ref floods);

    public void SentTwice() => Interlocked.Increment(ref sentTwice);

    public void Add(Exchange exchange, DateTimeOffset time, int status, string? message)
    {
        var range = exchange.Request.Headers.Range.ToString();
        var body = Shown(exchange);
        lock (gate)
        {
            classes[(int)exchange.Class]++;
            endpoints[exchange.Endpoint] = endpoints.GetValueOrDefault(exchange.Endpoint) + 1;
            if (message is not null)
                refusals++;
            if (requests.Count == Kept)
                requests.Dequeue();
            requests.Enqueue(new LoggedRequest
            {
                Number = ++number,
                Time = time,
                Method = exchange.Request.Method,
                Host = exchange.Origin.Host,
                Path = exchange.Request.Path.Value ?? "",
                Class = exchange.Class,
                Endpoint = exchange.Endpoint,
                Account = exchange.Account,
                Status = status,
                Message = message,
                Body = body,
                Fault = exchange.Fault,
                Range = range.Length > 0 ? range : null,
            });
        }
    }

    public IReadOnlyList<LoggedRequest> Requests()
    {
        lock (gate)
            return [.. requests];
    }

    public RequestCounters Counters()
    {
        lock (gate)
        {
            return new RequestCounters
            {
                Api = classes[(int)RequestClass.Api],
                Node = classes[(int)RequestClass.Node],
                Download = classes[(int)RequestClass.Download],
                Public = classes[(int)RequestClass.Public],
                Endpoints = new SortedDictionary<string, long>(endpoints, StringComparer.Ordinal),
                Floods = Interlocked.Read(ref floods),
                Refusals = refusals,
                SentTwice = Interlocked.Read(ref sentTwice),
            };
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            requests.Clear();
            endpoints.Clear();
            Array.Clear(classes);
            number = floods = refusals = sentTwice = 0;
        }
    }

    private static string? Shown(Exchange exchange)
    {
        if (exchange.Body.Length == 0)
            return null;
        var text = Encoding.UTF8.GetString(exchange.Body.AsSpan(0, Math.Min(BodyKept, exchange.Body.Length)));
        lock (exchange.World.Gate)
        {
            foreach (var key in exchange.World.Accounts.SelectMany(a => a.Keys.Keys))
                text = text.Replace(key, "***", StringComparison.Ordinal);
        }

        return text;
    }
}
