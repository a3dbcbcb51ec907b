namespace OneFichier.Drive.Sync;

/// <summary>Moves files within the destination because the source renamed them.</summary>
internal sealed class RenameStep(RunContext run, SourceRemoval sources)
{
    private const int AtOnce = 100;

    public async Task RunAsync(IReadOnlyList<VolumeMove> renames)
    {
        foreach (var folder in renames.Select(r => r.To.Parent).Distinct())
            await run.Folders.MakeAsync(folder);

        foreach (var moves in RenameOrder.Of(renames).Chunk(AtOnce))
        {
            var results = await run.Destination.MoveAsync(moves, replace: false, run.Token);
            run.Tally.Requested(moves.Length);
            foreach (var (move, result) in moves.Zip(results))
                Tell(move, result.Error);
        }
    }

    private void Tell(VolumeMove move, Exception? error)
    {
        if (error is not null)
            run.Tally.Failed(move.To, error);
        else if (!SwapName.Is(move.To))
            Renamed(move);
    }

    private void Renamed(VolumeMove move)
    {
        run.Tally.Renamed(move);
        if (run.Wanted.Kind == SyncKind.Move)
            sources.Left(move.From);
    }
}
