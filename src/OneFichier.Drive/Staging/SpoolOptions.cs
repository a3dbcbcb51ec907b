using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Staging;

/// <summary>How changes wait on this machine before they are sent. Immutable: change a copy by <c>with</c>.</summary>
public sealed record SpoolOptions
{
    /// <summary>The folder of the spool, made if it is missing and used by one process at a time; for its owner alone.</summary>
    public required string Folder { get; init; }

    /// <summary>How long nothing must change before what waits is sent; default 4 seconds.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a finished file waits at most where something always changes; default 1 minute.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a first failure, doubled with each that follows up to <see cref="LongestPause"/>; default 5 seconds.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause between attempts; default 10 minutes.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether new folders, moves and removals are on the disk before they succeed; default true. Without it they survive the end of the process, and a loss of power only once
    /// a file was put or synced after them. Contents are not concerned.
    /// </summary>
    public bool SyncNames { get; init; } = true;

    /// <summary>Bytes that go into one batch together with others; a larger file goes alone, and holds up nothing else. Default 64 MiB.</summary>
    public long BatchBytes { get; init; } = 64L << 20;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what goes wrong behind the scenes; default nobody.</summary>
    public ILogger? Logger { get; init; }
}
