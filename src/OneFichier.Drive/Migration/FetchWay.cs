namespace OneFichier.Drive.Migration;

/// <summary>
/// Has the service fetch files by itself. The number of a request is written down before anything is waited for; a request whose number was lost with a process is found again by its addresses,
/// so nothing is asked for twice.
/// </summary>
internal sealed class FetchWay(IMigrationStore store, MigrationHead head, MigrationTarget target, IReadOnlyList<IMigrationSource> sources, MigrationOptions options)
{
    private const int AddressesInOneCall = 100;

    private RemoteUploadClient Service => target.Volume.Tree.Client.RemoteUploads;

    /// <returns>What did not come this way, and what was never to go it.</returns>
    public async Task<IReadOnlyList<MigrationItem>> RunAsync(
        IReadOnlyList<MigrationItem> open, bool begunBefore, Func<IReadOnlyList<MigrationItem>, CancellationToken, Task> record, CancellationToken cancellationToken)
    {
        var wanted = open.Where(i => i.Way == MigrationWay.Fetch).ToList();
        if (wanted.Count == 0)
            return open;

        var asked = await AskAsync(begunBefore ? await FindAgainAsync(wanted, cancellationToken) : wanted, cancellationToken);
        var results = await WaitAsync([.. asked.Select(a => a.Item.Request).OfType<long>().Distinct()], cancellationToken);
        var come = await ComeAsync(asked, results, cancellationToken);
        await record([.. come.Values], cancellationToken);
        return [.. open.Where(i => !come.ContainsKey(i.Number)).Select(i => i.Way == MigrationWay.Fetch ? Otherwise(i, asked, results) : i)];
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

    private async Task<List<(MigrationItem Item, string Address)>> AskAsync(List<MigrationItem> wanted, CancellationToken cancellationToken)
    {
        var asked = wanted.Where(i => i.Request is not null).Select(i => (i, i.Origin)).ToList();
        var fresh = new List<(MigrationItem Item, Uri Address)>();
        foreach (var item in wanted.Where(i => i.Request is null))
        {
            if (await sources[item.Source].AddressAsync(item, cancellationToken) is { } address)
                fresh.Add((item, address));
        }

        foreach (var some in fresh.Chunk(AddressesInOneCall))
        {
            try
            {
                var number = await target.Volume.FetchAsync([.. some.Select(f => f.Address)], target.At(some[0].Item.Target.Parent), cancellationToken);
                var numbered = some.Select(f => (Item: f.Item with { Request = number }, Address: f.Address.AbsoluteUri)).ToList();
                await store.RecordAsync(head.Name, [.. numbered.Select(n => n.Item)], cancellationToken);
                asked.AddRange(numbered);
            }
            catch (FichierException e) when (!Failures.IsFatal(e))
            {
                options.Progress?.Report(new WayChanged(some[0].Item with { Way = MigrationWay.Carry }, e.Message));
            }
        }

        return asked;
    }

    /// <summary>Asks how far the service is, seldom, until it is done or has had its time.</summary>
    private async Task<Dictionary<(long Request, string Address), RemoteUploadResult>> WaitAsync(List<long> requests, CancellationToken cancellationToken)
    {
        var results = new Dictionary<(long, string), RemoteUploadResult>();
        var begun = options.Time.GetTimestamp();
        while (true)
        {
            foreach (var request in requests.ToList())
            {
                var details = await Service.GetAsync(request, cancellationToken);
                foreach (var result in details.Results)
                    results[(request, result.Url)] = result;

                if (details.Executed is not null || (details.Urls.Count > 0 && details.Results.Count >= details.Urls.Count))
                    requests.Remove(request);
            }

            if (requests.Count == 0 || options.Time.GetElapsedTime(begun) >= options.FetchPatience)
                return results;

            await Task.Delay(options.FetchInterval, options.Time, cancellationToken);
        }
    }

    private async Task<Dictionary<long, MigrationItem>> ComeAsync(
        IReadOnlyList<(MigrationItem Item, string Address)> asked, Dictionary<(long, string), RemoteUploadResult> results, CancellationToken cancellationToken)
    {
        var come = new Dictionary<long, MigrationItem>();
        var done = asked.Where(a => results.GetValueOrDefault((a.Item.Request ?? -1, a.Address)) is { Done: true, Link: not null }).ToList();
        if (done.Count == 0)
            return come;

        var folder = done[0].Item.Target.Parent;
        await target.RefreshAsync(folder, cancellationToken);
        var there = ((await target.ListAsync(folder, cancellationToken))?.All() ?? []).Where(e => e.Link is not null).ToDictionary(e => e.Link!.Value.Id, StringComparer.Ordinal);
        foreach (var (item, address) in done)
        {
            var link = results[(item.Request!.Value, address)].Link!.Value;
            if (there.TryGetValue(link.Id, out var entry) && await NamedAsync(item, entry, cancellationToken) && (item.Size is null || item.Size == entry.Size) && (item.Checksum is null || item.Checksum == entry.Checksum))
                come[item.Number] = item with { State = MigrationState.Stored, Stored = link, StoredSize = entry.Size, StoredChecksum = entry.Checksum, Size = item.Size ?? entry.Size, Error = null, Done = options.Time.GetUtcNow() };
        }

        return come;
    }

    /// <summary>The service names what it fetches as it likes; the file gets its own name then.</summary>
    private async Task<bool> NamedAsync(MigrationItem item, Entry entry, CancellationToken cancellationToken)
    {
        if (entry.Name == item.Target.Name)
            return true;

        var moved = await target.Volume.MoveAsync([new VolumeMove(entry.Path, target.At(item.Target))], replace: true, cancellationToken);
        return moved[0].Error is null;
    }

    private MigrationItem Otherwise(MigrationItem item, IReadOnlyList<(MigrationItem Item, string Address)> asked, Dictionary<(long, string), RemoteUploadResult> results)
    {
        var (known, address) = asked.FirstOrDefault(a => a.Item.Number == item.Number);
        var said = known is null ? "there is no address the service could fetch it from" : results.GetValueOrDefault((known.Request ?? -1, address))?.Message ?? "the service did not bring it as it should be";
        var carried = item with { Way = MigrationWay.Carry };
        options.Progress?.Report(new WayChanged(carried, said));
        return carried;
    }
}
