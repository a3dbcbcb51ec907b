using System.Globalization;
using Quartz;

namespace OneFichier.Server.Migration;

/// <summary>What Quartz fires: a slice of a migration, or its proof. It keeps the name of this class in its tables.</summary>
public sealed class SliceJob : IJob
{
    internal const string Proof = "proof";

    internal const string Desk = "fichier-migration";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var desk = (MigrationDesk)context.Scheduler.Context[Desk]!;
        var (migration, name) = (context.JobDetail.Key.Group, context.JobDetail.Key.Name);
        await desk.DoAsync(migration, name == Proof ? null : long.Parse(name, CultureInfo.InvariantCulture));
    }
}
