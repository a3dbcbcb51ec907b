namespace OneFichier.Server.Jobs;

/// <summary>Carries out the runs of jobs.</summary>
public interface IJobRunner
{
    /// <summary>Carries one out.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">The run, which was begun.</param>
    /// <param name="cancellationToken">Cuts it short: the work is given the time it needs to stop cleanly.</param>
    /// <exception cref="OperationCanceledException">It was cut short and is to be done again elsewhere.</exception>
    Task<RunOutcome> RunAsync(JobDefinition job, RunRecord run, CancellationToken cancellationToken);
}
