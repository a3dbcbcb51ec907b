namespace OneFichier.Gateways.WebDav;

/// <summary>How the WebDAV face behaves. Immutable: change a copy by <c>with</c>.</summary>
public sealed record WebDavOptions
{
    /// <summary>The clock that ends locks; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where bodies of uploads wait on the disk until they are whole; default the system's folder for temporary files. They have no name there and die with the process.</summary>
    public string SpoolFolder { get; init; } = Path.GetTempPath();

    /// <summary>Bodies up to this many bytes wait in memory instead; default 64 KiB.</summary>
    public int SpoolInMemory { get; init; } = 64 << 10;

    /// <summary>Bytes an XML body may have; default 256 KiB. More is answered with 413.</summary>
    public int MaxXmlBytes { get; init; } = 256 << 10;

    /// <summary>How deep the elements of an XML body may lie in each other; default 64. Deeper is answered with 400.</summary>
    public int MaxXmlDepth { get; init; } = 64;

    /// <summary>
    /// Whether <c>PROPFIND</c> with <c>Depth: infinity</c> walks the whole tree; default no, since on the service each folder may cost a request: it is answered with 403 and
    /// <c>propfind-finite-depth</c>.
    /// </summary>
    public bool DeepListings { get; init; }

    /// <summary>Locks at the same time, of all users; default 10,000. One more is answered with 507.</summary>
    public int MaxLocks { get; init; } = 10_000;

    /// <summary>The longest a lock lasts without being refreshed; default an hour. It is also what a client gets that names no time.</summary>
    public TimeSpan MaxLockTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes of properties that clients may leave here, all together; default 16 MiB. They are kept in memory and end with the process; more is answered with 507.</summary>
    public long MaxPropertyBytes { get; init; } = 16 << 20;
}
