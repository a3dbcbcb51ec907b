namespace OneFichier.Drive;

/// <summary>How a folder of the disk is used as a volume.</summary>
public sealed record LocalVolumeOptions
{
    /// <summary>Show what symbolic links lead to, in their place (<c>--copy-links</c>). Default is to leave links out with a note; a link that leads back up is left out in any case.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>
    /// Bring each file to the disk itself before it takes its place, so that a loss of power cannot take it away any more. Costs much time with small files; default is to leave it to the system.
    /// </summary>
    public bool Durable { get; init; }

    /// <summary>Remembers checksums; default is to compute them each time.</summary>
    public IHashCache? HashCache { get; init; }

    /// <summary>The clock that tells how old things are; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
