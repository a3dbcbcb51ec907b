using Microsoft.Extensions.Logging;

namespace OneFichier.Drive.Staging;

/// <summary>A cache of what was read. Immutable: change a copy by <c>with</c>.</summary>
public sealed record BlockCacheOptions
{
    /// <summary>The folder of the cache, made if it is missing, for its owner alone; any number of processes may use it at once.</summary>
    public required string Folder { get; init; }

    /// <summary>How many bytes it holds, give or take a twentieth; default 10 GiB, or a quarter of the room there is on the disk if that is less.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The clock that says what was used lately; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what is damaged, and when the disk refuses; default nobody.</summary>
    public ILogger? Logger { get; init; }
}
