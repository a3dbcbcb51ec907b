using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneFichier.Mount.Fuse;

namespace OneFichier.Mount;

/// <summary>How a volume looks as a file system.</summary>
public sealed record VolumeFileSystemOptions
{
    /// <summary>Who everything belongs to until somebody is given it.</summary>
    public uint User { get; init; } = OwnProcess.User;

    /// <summary>The group of the same.</summary>
    public uint Group { get; init; } = OwnProcess.Group;

    /// <summary>The permissions that files and folders of the volume lack.</summary>
    public uint Umask { get; init; } = OwnProcess.Umask();

    /// <summary>Whether nothing may be changed.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long the kernel believes what it was told of a name; what is changed through the mount it knows at once. Default a second.</summary>
    public TimeSpan Valid { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of what cannot be told to programs.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
