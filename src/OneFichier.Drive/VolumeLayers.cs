using OneFichier.Drive.Access;
using OneFichier.Drive.Crypt;
using OneFichier.Drive.Staging;

namespace OneFichier.Drive;

/// <summary>What is wanted around a volume.</summary>
public sealed record VolumeLayerOptions
{
    /// <summary>The folder to be shown as the whole; default the root.</summary>
    public VolumePath Folder { get; init; }

    /// <summary>How what is below the folder is encrypted; default not at all.</summary>
    public CryptLayer? Crypt { get; init; }

    /// <summary>How what is read is kept on this machine; default not at all.</summary>
    public CacheLayer? Cache { get; init; }

    /// <summary>Where changes wait before they are sent; default they do not. What is built, without the two below, is then a <see cref="SpooledVolume"/>, and is to be disposed of.</summary>
    public SpoolOptions? Spool { get; init; }

    /// <summary>What may be done with it; default everything.</summary>
    public AccessLayer? Access { get; init; }

    /// <summary>How its use is put on record; default not at all.</summary>
    public AuditLayer? Audit { get; init; }
}

/// <summary>How reads are cached.</summary>
/// <param name="Blocks">The cache; who made it disposes of it, after the volume.</param>
/// <param name="Options">How it is read through.</param>
public sealed record CacheLayer(BlockCache Blocks, CachedVolumeOptions? Options = null);

/// <summary>How a volume is encrypted.</summary>
/// <param name="Keys">The keys; who made them disposes of them, after the volume.</param>
/// <param name="Options">The layout.</param>
public sealed record CryptLayer(CryptKeys Keys, CryptOptions Options);

/// <summary>What may be done with a volume.</summary>
/// <param name="Scope">The rules.</param>
/// <param name="Meter">Counts the bytes; without one none are counted.</param>
public sealed record AccessLayer(AccessScope Scope, IByteMeter? Meter = null)
{
    /// <summary>Files that <see cref="AccessLevel.Append"/> may remove, by their path below the scope's; default none.</summary>
    public Func<VolumePath, bool>? Fleeting { get; init; }
}

/// <summary>How the use of a volume is put on record.</summary>
/// <param name="Caller">Who uses it.</param>
/// <param name="Log">Where it is written.</param>
/// <param name="Options">What is.</param>
public sealed record AuditLayer(AccessCaller Caller, IAccessLog Log, AuditOptions? Options = null);

/// <summary>
/// The one place where coats are put on. Their order, innermost first, is
/// <c>RemoteVolume (with its index) → SubVolume → EncryptedVolume → CachedVolume → SpooledVolume → ScopedVolume → AuditedVolume → a face</c>, and its reasons are:
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>the index and the folder lie below the encryption, so that a file on this machine reveals no more than the cloud does, and the encrypted tree may be a folder among others;</item>
/// <item>cache and spool lie above the encryption, since programs read and write plain bytes: what is in them is plain, in folders of their owner alone;</item>
/// <item>the cache lies below the spool, which needs it to fill what a program did not write of a file;</item>
/// <item>the scope lies above it, because rules speak of plain paths;</item>
/// <item>the audit lies outermost, so that refusals are on record too.</item>
/// </list>
/// Authorization being a coat, every face has it without a line of its own. Repeating what failed is no coat: it belongs to the library's HTTP handlers, which know what may be repeated.
/// </remarks>
public static class VolumeLayers
{
    /// <summary>Puts the wanted coats on a volume, in the one right order.</summary>
    public static IVolume Build(IVolume innermost, VolumeLayerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(innermost);
        var volume = options is { Folder.IsRoot: false } ? new SubVolume(innermost, options.Folder) : innermost;
        if (options?.Crypt is { } crypt)
            volume = new EncryptedVolume(volume, crypt.Keys, crypt.Options);
        if (options?.Cache is { } cache)
            volume = new CachedVolume(volume, cache.Blocks, cache.Options);
        if (options?.Spool is { } spool)
            volume = new SpooledVolume(volume, spool);
        if (options?.Access is { } access)
            volume = new ScopedVolume(volume, access.Scope, access.Meter) { Fleeting = access.Fleeting };
        return options?.Audit is { } audit ? new AuditedVolume(volume, audit.Caller, audit.Log, audit.Options) : volume;
    }
}
