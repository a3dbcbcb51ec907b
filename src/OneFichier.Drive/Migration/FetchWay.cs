namespace OneFichier.Drive.Migration;

/// <summary>
/// Has the service fetch files by itself. The number of a request is written down before anything is waited for; a request whose number was lost with a process is found again by its addresses,
/// so nothing is asked for twice.
/// </summary>
internal sealed class FetchWay(IMigrationStore store, MigrationHead head, MigrationTarget target, IReadOnlyList<IMigrationSource> sources, MigrationOptions options)
{
    private RemoteUploadClient Service => target.Volume.Tree.Client.RemoteUploads;

    /// <returns>What did not come this way, and what was never to go it.</returns>
    public async Task<IReadOnlyList<MigrationItem>> RunAsync(
        IReadOnlyList<MigrationItem> open, bool begunBefore, Func<IReadOnlyList<MigrationItem>, CancellationToken, Task> record, CancellationToken cancellationToken)
    {
        var wanted = open.Where(i => i.Way == MigrationWay.Fetch).ToList();
        if (wanted.Count == 0)
            return open;

        var asked = await AddressedAsync(begunBefore ? await FindAgainAsync(wanted, cancellationToken) : wanted, cancellationToken);
        var (come, why) = await FetchAsync(wanted[0].Target.Parent, asked, cancellationToken);
        await record([.. come.Values], cancellationToken);
        return [.. open.Where(i => !come.ContainsKey(i.Number)).Select(i => i.Way == MigrationWay.Fetch ? Otherwise(i, why.GetValueOrDefault(i.Number, "there is no address the service could fetch it from")) : i)];
    }

    private async Task<List<MigrationItem>> FindAgainAsync(List<MigrationItem> wanted, CancellationToken cancellationToken)
    {
        if (wanted.TrueForAll(i => i.Request is not null))
            return wanted;

        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var upload in (await Service.ListAsync(cancellationToken)).Where(u => u.Requested is null || u.Requested >= head.Created.AddMinutes(-1)))
        {
            foreach (var address in (await Service.GetAsync(upload.Id, cancellationToken)).Urls)
                numbers[address] = upload.Id;
        }

        var found = wanted.ConvertAll(i => i.Request is null && numbers.TryGetValue(i.Origin, out var number) ? i with { Request = number } : i);
        await store.RecordAsync(head.Name, found, cancellationToken);
        return found;
    }

    private async Task<Dictionary<RemoteSource, MigrationItem>> AddressedAsync(List<MigrationItem> wanted, CancellationToken cancellationToken)
    {
        var asked = new Dictionary<RemoteSource, MigrationItem>();
        foreach (var item in wanted)
        {
            if (await sources[item.Source].AddressAsync(item, cancellationToken) is { } address)
                asked[new RemoteSource(address) { Size = item.Size, Checksum = item.Checksum, Name = item.Target.Name }] = item;
        }

        return asked;
    }

    /// <returns>What came, and of the others why not.</returns>
    private async Task<(Dictionary<long, MigrationItem> Come, Dictionary<long, string> Why)> FetchAsync(VolumePath folder, Dictionary<RemoteSource, MigrationItem> asked, CancellationToken cancellationToken)
    {
        var (come, why) = (new Dictionary<long, MigrationItem>(), new Dictionary<long, string>());
        try
        {
            foreach (var outcome in await new RemoteUploadRun(target.Volume, How(asked)).RunAsync([.. asked.Keys], target.At(folder), null, cancellationToken))
            {
                var item = asked[outcome.Source];
                Failures.ThrowIfFatal(outcome.Error);
                if (outcome is { Error: null, Entry: { } entry })
                    come[item.Number] = Stored(item, entry);
                else
                    why[item.Number] = Failures.Words(outcome.Error);
            }
        }
        catch (FichierException e) when (!Failures.IsFatal(e))
        {
            foreach (var item in asked.Values.Where(i => !come.ContainsKey(i.Number)))
                why[item.Number] = Failures.Words(e);
        }

        return (come, why);
    }

    private RemoteUploadRunOptions How(Dictionary<RemoteSource, MigrationItem> asked) => new()
    {
        Retries = 1,
        Probe = false,
        Patience = options.FetchPatience,
        RemovesWrong = true,
        Earlier = [.. asked.Where(a => a.Value.Request is not null).GroupBy(a => a.Value.Request!.Value, a => a.Key).Select(g => new RemoteUploadOrdered(g.Key, [.. g]) { At = head.Created })],
        Ordered = (order, token) => store.RecordAsync(head.Name, [.. order.Sources.Select(s => asked[s] with { Request = order.Request })], token),
    };

    private MigrationItem Stored(MigrationItem item, Entry entry) =>
        item with { State = MigrationState.Stored, Stored = entry.Link, StoredSize = entry.Size, StoredChecksum = entry.Checksum, Size = item.Size ?? entry.Size, Error = null, Done = options.Time.GetUtcNow() };

    private MigrationItem Otherwise(MigrationItem item, string why)
    {
        var carried = item with { Way = MigrationWay.Carry };
        options.Progress?.Report(new WayChanged(carried, why));
        return carried;
    }
}
