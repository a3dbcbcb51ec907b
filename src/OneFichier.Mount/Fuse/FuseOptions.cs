using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneFichier.Mount.Fuse;

/// <summary>How a mount is served.</summary>
public sealed record FuseOptions
{
    /// <summary>How long one request may take before the program is told EIO; what only waits for this machine's disk may take longer. Default a minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Threads that take requests; default the number of processors, four at least.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 4, 16);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of what goes wrong.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
