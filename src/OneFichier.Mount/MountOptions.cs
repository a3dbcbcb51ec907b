using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>How a volume is mounted.</summary>
public sealed record MountOptions
{
    /// <summary>Where it is seen: an existing folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What <c>mount</c> and <c>df</c> call it.</summary>
    public string Source { get; init; } = "fichier";

    /// <summary>Nothing can be changed through it.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Other users see it too, as far as permissions let them.</summary>
    public bool AllowOther { get; init; }

    /// <summary>How the volume looks; whether it is read-only is said here.</summary>
    public VolumeFileSystemOptions Look { get; init; } = new();

    /// <summary>How long an operation may take before a program is told EIO.</summary>
    public TimeSpan Patience { get; init; } = new FuseOptions().Patience;

    /// <summary>How far the kernel reads ahead of a program, in kibibytes; only root can raise it.</summary>
    public int ReadAhead { get; init; } = 4096;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of what goes wrong.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
