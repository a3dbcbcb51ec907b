using Microsoft.Extensions.Logging;

namespace OneFichier.Server.Migration;

/// <summary>From what was fired to the work: what fails for the whole account ends the node's part, and the slice goes to whoever comes next.</summary>
internal sealed class MigrationDesk(IMigrationWork work, ILogger log, CancellationToken stop)
{
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails with what keeps this node from working; never ends otherwise.</summary>
    public Task Failed => _failed.Task;

    public async Task DoAsync(string migration, string part)
    {
        if (_failed.Task.IsCompleted || stop.IsCancellationRequested)
            return;

        try
        {
            await (part switch
            {
                SliceJob.Folders => work.PrepareAsync(migration, stop),
                SliceJob.Proof => work.ProveAsync(migration, stop),
                _ => work.DoSlicesAsync(migration, SliceRun.SlicesOf(part), stop),
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("{Part} of {Migration} was stopped and is left to others", part, migration);
        }
        catch (Exception e)
        {
            log.LogWarning("{Part} of {Migration} cannot be done here: {Reason}", part, migration, e.Message);
            _failed.TrySetException(e);
        }
    }
}
