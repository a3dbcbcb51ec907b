using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Fetching;

/// <summary>An order the service is done with, or that nobody waits for any more: what it says of each address, as far as it says anything.</summary>
internal sealed record EndedOrder(Order Order, IReadOnlyDictionary<RemoteSource, RemoteUploadResult> Results);

/// <summary>
/// Waits for orders, asking seldom: after a pause that grows while there is no news, never oftener than once in two seconds for each order, and behind whoever waits for an answer.
/// With several orders one list tells which are done; results may come before the list says so, and so each is looked at now and then.
/// </summary>
internal sealed class OrderWatch(FichierClient client, RemoteUploadRunOptions options, TimeProvider time)
{
    private const int LookEvery = 4;
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(2);

    private readonly RemoteUploadClient _uploads = client.WithPriority(CallPriority.Background).RemoteUploads;
    private readonly Dictionary<Order, RemoteUploadDetails?> _pending = [];

    public async IAsyncEnumerable<EndedOrder> WatchAsync(IReadOnlyList<Order> orders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var order in orders)
            _pending[order] = null;
        var (pause, news) = (options.FirstPause, time.GetTimestamp());
        for (var round = 1; _pending.Count > 0; round++)
        {
            var least = Spacing * _pending.Count;
            await Task.Delay(pause > least ? pause : least, time, cancellationToken);
            var before = Count();
            foreach (var order in await DueAsync(round, cancellationToken))
                await LookAsync(order, cancellationToken);
            if (Count() > before)
                (pause, news) = (options.FirstPause, time.GetTimestamp());
            else
                pause = pause * 1.5 < options.LongestPause ? pause * 1.5 : options.LongestPause;
            var givenUp = time.GetElapsedTime(news) > options.Patience;
            foreach (var (order, seen) in _pending.Where(p => givenUp || (p.Value is { } seen && seen.Results.Count >= Math.Max(p.Key.Sources.Count, seen.Urls.Count))).ToList())
            {
                _pending.Remove(order);
                yield return new EndedOrder(order, Matched(order, seen?.Results ?? []));
            }
        }
    }

    private int Count() => _pending.Values.Sum(d => d?.Results.Count ?? 0);

    private async Task<IReadOnlyList<Order>> DueAsync(int round, CancellationToken cancellationToken)
    {
        if (_pending.Count == 1 || round % LookEvery == 0)
            return [.. _pending.Keys];
        try
        {
            var done = (await _uploads.ListAsync(cancellationToken)).Where(r => r.Executed is not null).Select(r => r.Id).ToHashSet();
            return [.. _pending.Keys.Where(o => done.Contains(o.Id))];
        }
        catch (FichierException e) when (e.IsTransient)
        {
            return [];
        }
    }

    /// <summary>A service that cannot be asked now has no news.</summary>
    private async Task LookAsync(Order order, CancellationToken cancellationToken)
    {
        try
        {
            _pending[order] = await _uploads.GetAsync(order.Id, cancellationToken);
        }
        catch (FichierException e) when (e.IsTransient || e is FichierNotFoundException)
        {
            _pending[order] ??= null;
        }
    }

    /// <summary>By the address; by the address however it is escaped; and what is left, when as much is left on both sides, by its place.</summary>
    private static Dictionary<RemoteSource, RemoteUploadResult> Matched(Order order, IReadOnlyList<RemoteUploadResult> results)
    {
        var matched = new Dictionary<RemoteSource, RemoteUploadResult>();
        var left = results.ToList();
        foreach (var same in (Func<string, string>[])[text => text, Uri.UnescapeDataString])
        {
            foreach (var source in order.Sources.Where(s => !matched.ContainsKey(s)))
            {
                if (left.Find(r => same(r.Url) == same(source.Address.AbsoluteUri)) is not { } found)
                    continue;
                matched[source] = found;
                left.Remove(found);
            }
        }

        var unmatched = order.Sources.Where(s => !matched.ContainsKey(s)).ToList();
        if (unmatched.Count == left.Count)
        {
            foreach (var (source, result) in unmatched.Zip(left))
                matched[source] = result;
        }

        return matched;
    }
}
