using System.Collections.Concurrent;

namespace OneFichier.Drive.Fetching;

/// <summary>Asks sources for their size: by HEAD, and where that is refused, as by links that are signed for GET alone, for their first byte. A host that does not answer twice is let alone.</summary>
internal sealed class SourceProbe(SourceConnections connections)
{
    private const int AtOnce = 4;
    private const int Patience = 2;

    private readonly ConcurrentDictionary<string, int> _silent = new(StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyDictionary<RemoteSource, long>> SizesAsync(IReadOnlyList<RemoteSource> sources, CancellationToken cancellationToken)
    {
        var sizes = new ConcurrentDictionary<RemoteSource, long>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(sources.Where(s => s.Size is null && s.Address.Scheme is "http" or "https"), parallel, async (source, token) =>
        {
            if (_silent.GetValueOrDefault(source.Address.Authority) < Patience && await SizeAsync(source.Address, token) is { } size)
                sizes[source] = size;
        });
        return sizes;
    }

    private async Task<long?> SizeAsync(Uri address, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(connections.ProbeTime, connections.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using (var head = await connections.SendAsync(HttpMethod.Head, address, null, either.Token))
            {
                if (head.IsSuccessStatusCode)
                    return head.Content.Headers.ContentLength;
            }

            using var first = await connections.SendAsync(HttpMethod.Get, address, (0, 0), either.Token);
            return first.StatusCode == System.Net.HttpStatusCode.PartialContent ? first.Content.Headers.ContentRange?.Length
                : first.IsSuccessStatusCode ? first.Content.Headers.ContentLength : null;
        }
        catch (Exception e) when (e is FichierException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            _silent.AddOrUpdate(address.Authority, 1, (_, times) => times + 1);
            return null;
        }
    }
}
