using Microsoft.Extensions.Logging;

namespace OneFichier.Server.Jobs;

/// <summary>From what was fired to the record of a run: begins it where it is to be begun, has it carried out, and writes down how it ended.</summary>
public sealed class RunDesk(JobSchedulerOptions options, CancellationToken stop)
{
    private readonly ILogger _log = options.Logs.CreateLogger("OneFichier.Jobs");

    /// <summary>Carries out the run of a due moment, when it is still to be done.</summary>
    public async Task RunDueAsync(string job, DateTimeOffset due) => await CarryOutAsync(await options.Store.BeginDueAsync(job, due, options.Node, CancellationToken.None));

    /// <summary>Carries out a run that was asked for, when it is still to be done and the job is not running.</summary>
    public async Task RunRequestedAsync(string id) => await CarryOutAsync(await options.Store.BeginRequestedAsync(id, options.Node, CancellationToken.None));

    /// <summary>Carries out again the run a dead node was in the middle of.</summary>
    public async Task RunAgainAsync(string job)
    {
        var run = await options.Store.BeginAgainAsync(job, options.Node, CancellationToken.None);
        if (run is not null)
            _log.LogWarning("The node that ran {Job} is gone; its run is done again here", job);

        await CarryOutAsync(run);
    }

    private async Task CarryOutAsync(RunRecord? run)
    {
        if (run is null || (await options.Store.JobsAsync(run.Job, CancellationToken.None)) is not [var job])
            return;

        _log.LogInformation("{Job} begins (run {Run}, attempt {Attempt})", run.Job, run.Id, run.Attempt);
        try
        {
            var outcome = await options.Runner.RunAsync(job.Definition, run, stop);
            await options.Store.EndAsync(run, outcome, CancellationToken.None);
            _log.LogInformation("{Job} ended with exit code {Code}", run.Job, outcome.ExitCode);
        }
        catch (OperationCanceledException)
        {
            await options.Store.GiveBackAsync(run, CancellationToken.None);
            _log.LogInformation("{Job} was stopped and is given back", run.Job);
        }
        catch (Exception e)
        {
            _log.LogError(e, "{Job} could not be run: {Reason}", run.Job, e.Message);
            await options.Store.EndAsync(run, new RunOutcome(null, null, e.Message + "\n"), CancellationToken.None);
        }
    }
}
