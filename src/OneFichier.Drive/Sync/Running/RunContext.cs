namespace OneFichier.Drive.Sync;

/// <summary>What all steps of a run share.</summary>
internal sealed record RunContext(SyncTree From, SyncTree To, SyncOptions Wanted, RunOptions Options)
{
    public IVolume Source => From.Volume;

    public IVolume Destination => To.Volume;

    public required RunStop Stop { get; init; }

    public required RunTally Tally { get; init; }

    public required MadeFolders Folders { get; init; }

    public CancellationToken Token => Stop.Token;

    /// <summary>The ways whose bandwidth a transfer uses; between two disks the one towards the destination.</summary>
    public IEnumerable<BandwidthDirection> Ways()
    {
        if (Destination.Traits.Metered || !Source.Traits.Metered)
            yield return BandwidthDirection.Up;
        if (Source.Traits.Metered)
            yield return BandwidthDirection.Down;
    }

    /// <summary>Counts bytes that passed and waits until the next may.</summary>
    public async ValueTask PassedAsync(int bytes, CancellationToken cancellationToken)
    {
        Tally.Passed(bytes);
        Stop.Passed(bytes);
        cancellationToken.ThrowIfCancellationRequested();
        if (Options.Bandwidth is { } bandwidth)
        {
            foreach (var way in Ways())
                await bandwidth.PassedAsync(way, bytes, cancellationToken);
        }
    }

    public int Piece() => Options.Bandwidth is { } bandwidth ? Ways().Min(bandwidth.Piece) : int.MaxValue;

    /// <summary>Whether an error is one of the work; otherwise the run is being stopped, and nobody is to blame.</summary>
    public bool IsFailure(Exception error) => !Token.IsCancellationRequested || error is not OperationCanceledException;
}
