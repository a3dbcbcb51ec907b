namespace OneFichier.Drive.Fetching;

/// <summary>Orders, waits and looks, and orders again what failed.</summary>
internal sealed class FetchRounds(FetchPlace place, OrderDesk desk, IProgress<RemoteUploadEvent>? progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<RemoteSource, RemoteSourceOutcome> _outcomes = [];
    private readonly HashSet<RemoteSource> _final = [];

    public async Task<Dictionary<RemoteSource, RemoteSourceOutcome>> RunAsync(IReadOnlyList<RemoteSource> sources, CancellationToken cancellationToken)
    {
        var left = sources;
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            if (attempt > 0)
            {
                progress?.Report(new RemoteUploadNotice($"{left.Count} failed and are asked for again."));
                await Task.Delay(Pause * Math.Pow(2, attempt - 1), place.Time, cancellationToken);
            }

            var last = attempt == place.Options.Retries;
            await RoundAsync(left, attempt == 0 ? place.Options.Earlier : [], last, cancellationToken);
            left = last ? [] : [.. left.Where(s => !_final.Contains(s))];
        }

        return _outcomes;
    }

    private async Task RoundAsync(IReadOnlyList<RemoteSource> sources, IReadOnlyList<RemoteUploadOrdered> earlier, bool last, CancellationToken cancellationToken)
    {
        var known = earlier.SelectMany(e => e.Sources).ToHashSet();
        IReadOnlyList<Order> orders =
        [
            .. earlier.Select(e => new Order(e.Request, e.Sources, e.At)),
            .. await desk.OrderAsync([.. sources.Where(s => !known.Contains(s))], place.Target, progress, cancellationToken),
        ];
        var arrivals = new ArrivalCheck(place);
        await foreach (var ended in new OrderWatch(place.Volume.Tree.Client, place.Options, place.Time).WatchAsync(orders, cancellationToken))
        {
            foreach (var outcome in await arrivals.CheckAsync(ended, replaced: !last || place.Options.Carry || place.Options.RemovesWrong, cancellationToken))
            {
                _outcomes[outcome.Source] = outcome;
                var settled = outcome.Error is null || outcome.Error is FichierUnavailableException;
                if (settled)
                    _final.Add(outcome.Source);
                if (settled || (last && !place.Options.Carry))
                    progress?.Report(new RemoteSourceSettled(outcome));
            }
        }
    }
}
