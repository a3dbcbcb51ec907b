namespace OneFichier.Gateways.Restic;

/// <summary>How the restic face behaves. Immutable: change a copy by <c>with</c>.</summary>
public sealed record ResticOptions
{
    /// <summary>Whether nobody may remove or replace anything but locks, whatever the token allows.</summary>
    public bool AppendOnly { get; init; }

    /// <summary>Whether a token may only use repositories below <c>/USER/</c>, its own user name.</summary>
    public bool PrivateRepositories { get; init; }

    /// <summary>Where bodies of uploads wait on the disk until they are whole; default the system's folder for temporary files. They have no name there and die with the process.</summary>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>Bodies up to this many bytes wait in memory instead; default 64 KiB.</summary>
    public int SpoolInMemory { get; init; } = 64 << 10;

    /// <summary>Bytes an object may have; default 512 MiB, of which restic's largest pack is a quarter. More is answered with 413.</summary>
    public long MaxObject { get; init; } = 512L << 20;
}
