using System.Globalization;
using Quartz;

namespace OneFichier.Server.Jobs;

/// <summary>What Quartz fires. It keeps the name of this class in its tables.</summary>
public sealed class QuartzRun : IJob
{
    /// <summary>The key under which a trigger says what it is about: the due moment in ticks, or the id of the run that was asked for.</summary>
    internal const string About = "about";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var desk = (RunDesk)context.Scheduler.Context[JobScheduler.ContextKey]!;
        var job = context.JobDetail.Key.Name;
        if (context.Recovering)
        {
            await desk.RunAgainAsync(job);
            return;
        }

        var about = context.Trigger.JobDataMap.GetString(About)!;
        if (context.Trigger.Key.Group == JobScheduler.RequestGroup)
            await desk.RunRequestedAsync(about);
        else
            await desk.RunDueAsync(job, new DateTimeOffset(long.Parse(about, CultureInfo.InvariantCulture), TimeSpan.Zero));
    }
}
