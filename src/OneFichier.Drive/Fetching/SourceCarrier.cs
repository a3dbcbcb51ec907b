namespace OneFichier.Drive.Fetching;

/// <summary>Carries what the service could not fetch: from the source straight into an upload, proven by checksum. Only what does not tell its length is kept on the disk meanwhile.</summary>
internal sealed class SourceCarrier(FetchPlace place, SourceConnections connections, IProgress<RemoteUploadEvent>? progress)
{
    public async Task CarryAsync(Dictionary<RemoteSource, RemoteSourceOutcome> outcomes, CancellationToken cancellationToken)
    {
        foreach (var (source, outcome) in outcomes.Where(o => o.Value.Error is not (null or FichierUnavailableException)).ToList())
        {
            progress?.Report(new RemoteUploadNotice($"{source.Shown} is carried through this machine. {outcome.Error!.Message}"));
            outcomes[source] = await CarryAsync(source, outcome, cancellationToken);
            progress?.Report(new RemoteSourceSettled(outcomes[source]));
        }
    }

    private async Task<RemoteSourceOutcome> CarryAsync(RemoteSource source, RemoteSourceOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await SourceBody.OpenAsync(connections, source.Address, cancellationToken);
            if (place.SizeOf(source) is { } size && size != body.Length)
                throw new FichierIntegrityException($"The source has {body.Length} bytes now, not {size}.");
            var path = place.Folder.Combine(PathNames.ToSegment(source.Name ?? body.Name ?? FetchPlace.NameOf(source.Address)));
            var results = await place.Volume.PutAsync([new NewFile(path, body.Length, body.OpenAsync) { Checksum = source.Checksum }], null, cancellationToken);
            return results[0].Error is { } error
                ? outcome with { Carried = true, Error = error }
                : outcome with { Carried = true, Error = null, Entry = results[0].Entry, Proof = ArrivalProof.Checksum };
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            return outcome with { Carried = true, Error = e };
        }
    }
}
