using Microsoft.Extensions.Logging;

namespace OneFichier.Server.Migration;

/// <summary>From what was fired to the work: what fails for the whole account ends the node's part, and the slice goes to whoever comes next.</summary>
internal sealed class MigrationDesk(IMigrationWork work, ILogger log, CancellationToken stop)
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails with what keeps this node from working; never ends otherwise.</summary>
    public Task Failed => _failed.Task;

    public async Task DoAsync(string migration, long? slice)
    {
        if (_failed.Task.IsCompleted || stop.IsCancellationRequested)
            return;

        try
        {
            if (slice is { } number)
                await work.DoSliceAsync(migration, number, stop);
            else
                await work.ProveAsync(migration, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("Slice {Slice} of {Migration} was stopped and is left to others", slice, migration);
        }
        catch (Exception e)
        {
            log.LogWarning("Slice {Slice} of {Migration} cannot be done here: {Reason}", slice, migration, e.Message);
            _failed.TrySetException(e);
        }
    }
}
