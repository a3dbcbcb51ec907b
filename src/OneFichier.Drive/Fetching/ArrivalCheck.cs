namespace OneFichier.Drive.Fetching;

/// <summary>Makes sure of what the service says it has stored: it lies in the folder, and it is what was at the source.</summary>
internal sealed class ArrivalCheck(FetchPlace place)
{
    private const int Looks = 3;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(30);

    private readonly HashSet<FileLink> _taken = [];

    /// <param name="ended">An order that has ended.</param>
    /// <param name="replaced">Whether another attempt follows: then a file that is not the right one is removed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<RemoteSourceOutcome>> CheckAsync(EndedOrder ended, bool replaced, CancellationToken cancellationToken)
    {
        var stored = ended.Order.Sources.Where(s => ended.Results.GetValueOrDefault(s) is { Done: true }).ToList();
        var found = stored.Count > 0 ? await FindAsync(ended, stored, cancellationToken) : [];
        var outcomes = new List<RemoteSourceOutcome>();
        foreach (var source in ended.Order.Sources)
            outcomes.Add(await JudgeAsync(ended, source, found.GetValueOrDefault(source), cancellationToken));
        var wrong = outcomes.Where(o => o.Error is FichierIntegrityException).Select(o => found[o.Source]).ToList();
        if (replaced && wrong.Count > 0)
            await place.Volume.Tree.RemoveFilesAsync(wrong, cancellationToken);
        return outcomes;
    }

    /// <summary>Listings lag, so what is not there is looked for again before it is called missing.</summary>
    private async Task<Dictionary<RemoteSource, RemoteEntry>> FindAsync(EndedOrder ended, IReadOnlyList<RemoteSource> stored, CancellationToken cancellationToken)
    {
        var found = new Dictionary<RemoteSource, RemoteEntry>();
        for (var look = 1; look <= Looks && found.Count < stored.Count; look++)
        {
            if (look > 1)
                await Task.Delay(Lag, place.Time, cancellationToken);
            var view = await place.Volume.Tree.ListAsync(place.Volume.At(place.Folder), Refresh.Always, cancellationToken);
            foreach (var source in stored.Where(s => !found.ContainsKey(s)))
            {
                if (Of(view, source, ended) is not { } entry)
                    continue;
                found[source] = entry;
                _taken.Add(entry.File!.Link);
            }
        }

        return found;
    }

    /// <summary>By its link; where the service tells none, the newest file of the name that came since.</summary>
    private RemoteEntry? Of(FolderView view, RemoteSource source, EndedOrder ended) => ended.Results[source].Link is { } link
        ? view.All.FirstOrDefault(e => e.File?.Link.Id == link.Id)
        : view.All.FirstOrDefault(e => e.File is { } file && file.Name == FetchPlace.NameOf(source.Address) && !_taken.Contains(file.Link) && !(file.Uploaded < ended.Order.At.AddMinutes(-1)));

    private async Task<RemoteSourceOutcome> JudgeAsync(EndedOrder ended, RemoteSource source, RemoteEntry? found, CancellationToken cancellationToken)
    {
        var outcome = new RemoteSourceOutcome(source) { Request = ended.Order.Id };
        if (ended.Results.GetValueOrDefault(source) is not { } result)
            return outcome with { Error = Unknown(source, ended.Order.Id) };
        if (!result.Done)
            return outcome with { Error = new FichierRejectedException($"The service could not fetch it: {source.Clean(result.Message is { Length: > 0 } said ? said : "it does not say why")}.") };
        if (found?.File is not { } file)
            return outcome with { Error = new FichierRejectedException("The service says that it is stored, but it is not in the folder.") { Remedy = "Look for it: fichier find 1f:" } };
        if (Mismatch(source, file) is { } mismatch)
            return outcome with { Error = mismatch };
        var proof = source.Checksum is not null ? ArrivalProof.Checksum : place.SizeOf(source) is not null ? ArrivalProof.Size : ArrivalProof.Listed;
        return await NamedAsync(outcome with { Entry = place.Volume.EntryOf(found), Proof = proof }, cancellationToken);
    }

    private FichierIntegrityException? Mismatch(RemoteSource source, ListedFile file) =>
        place.SizeOf(source) is { } size && file.StoredSize != size ? new FichierIntegrityException($"What arrived has {file.StoredSize} bytes, and the source {size}.")
        : source.Checksum is { } checksum && file.StoredChecksum != checksum ? new FichierIntegrityException($"What arrived has the checksum {file.StoredChecksum}, not {checksum}.")
        : null;

    /// <summary>Gives the file the name that is wanted, in the place of what is there.</summary>
    private async Task<RemoteSourceOutcome> NamedAsync(RemoteSourceOutcome outcome, CancellationToken cancellationToken)
    {
        var entry = outcome.Entry!;
        if (outcome.Source.Name is not { } name || PathNames.ToSegment(name) == entry.Name)
            return outcome;
        var moved = await place.Volume.MoveAsync([new VolumeMove(entry.Path, entry.Path.Parent.Combine(PathNames.ToSegment(name)))], replace: true, cancellationToken);
        return outcome with { Entry = moved[0].Entry ?? entry, Error = moved[0].Error };
    }

    private static FichierUnavailableException Unknown(RemoteSource source, long request) => new($"Nothing is known yet of {source.Shown}; the service may still be at it.")
    {
        MayHaveHappened = true,
        Remedy = $"Look later: fichier remote info {request}",
    };
}
