using Quartz;

namespace OneFichier.Server.Migration;

/// <summary>What Quartz fires: a slice of a migration, its folders, or its proof. It keeps the name of this class in its tables.</summary>
public sealed class SliceJob : IJob
{
    internal const string Folders = "folders";

    internal const string Proof = "proof";

    internal const string Desk = "fichier-migration";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var desk = (MigrationDesk)context.Scheduler.Context[Desk]!;
        await desk.DoAsync(context.JobDetail.Key.Group, context.JobDetail.Key.Name);
    }
}
