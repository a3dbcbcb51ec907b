namespace OneFichier.Drive.Fetching;

/// <summary>A request the service has taken.</summary>
internal sealed record Order(long Id, IReadOnlyList<RemoteSource> Sources, DateTimeOffset At)
{
    public RemoteUploadOrdered Told => new(Id, Sources) { At = At };
}

/// <summary>Orders addresses, a hundred in a request. Where an answer was lost, the service's list decides whether the request was taken.</summary>
internal sealed class OrderDesk(FichierClient client, RemoteUploadRunOptions options)
{
    private const int LookedAt = 5;

    private readonly HashSet<long> _known = [];

    public async Task<IReadOnlyList<Order>> OrderAsync(IReadOnlyList<RemoteSource> sources, FolderId folder, IProgress<RemoteUploadEvent>? progress, CancellationToken cancellationToken)
    {
        var orders = new List<Order>();
        foreach (var batch in sources.Chunk(RemoteUploadRunOptions.Most))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var order = await OrderOneAsync(batch, folder, cancellationToken);
            _known.Add(order.Id);
            orders.Add(order);
            await options.Ordered(order.Told, cancellationToken);
            progress?.Report(order.Told);
        }

        return orders;
    }

    private async Task<Order> OrderOneAsync(RemoteSource[] batch, FolderId folder, CancellationToken cancellationToken)
    {
        var at = client.Options.Time.GetUtcNow();
        try
        {
            return new Order(await AddAsync(batch, folder, cancellationToken), batch, at);
        }
        catch (FichierUnavailableException e) when (e.MayHaveHappened)
        {
            return new Order(await FindAsync(batch, cancellationToken) ?? await AddAsync(batch, folder, cancellationToken), batch, at);
        }
    }

    private async Task<long> AddAsync(RemoteSource[] batch, FolderId folder, CancellationToken cancellationToken) =>
        (await client.RemoteUploads.AddAsync([.. batch.Select(s => s.Address)], folder, options.Headers.Count > 0 ? options.Headers : null, cancellationToken)).Id;

    private async Task<long?> FindAsync(RemoteSource[] batch, CancellationToken cancellationToken)
    {
        var urls = batch.Select(s => s.Address.AbsoluteUri).ToHashSet(StringComparer.Ordinal);
        foreach (var listed in (await client.RemoteUploads.ListAsync(cancellationToken)).Where(r => !_known.Contains(r.Id)).OrderByDescending(r => r.Id).Take(LookedAt))
        {
            if (listed.Executed is null || listed.Executed > client.Options.Time.GetUtcNow().AddHours(-1))
            {
                var details = await client.RemoteUploads.GetAsync(listed.Id, cancellationToken);
                if (urls.SetEquals(details.Urls))
                    return listed.Id;
            }
        }

        return null;
    }
}
