using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Server.Store;

namespace OneFichier.Server.Jobs;

/// <summary>What a node that runs jobs needs.</summary>
/// <param name="Database">Where Quartz keeps its tables.</param>
/// <param name="Store">The jobs, in the same database.</param>
/// <param name="Runner">Carries out their runs.</param>
public sealed record JobSchedulerOptions(JobDatabase Database, JobStore Store, IJobRunner Runner)
{
    /// <summary>Names the node; no other may have had the name.</summary>
    public required string Node { get; init; }

    /// <summary>How many jobs run at a time; default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where it says what it does.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
