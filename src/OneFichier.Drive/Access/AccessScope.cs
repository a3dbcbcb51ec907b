using System.Net;

namespace OneFichier.Drive.Access;

/// <summary>What may be done, each level including those before it but for what it says.</summary>
public enum AccessLevel
{
    /// <summary>Looking and reading.</summary>
    Read,

    /// <summary>
    /// Reading, and adding files and folders. What is stored can be neither replaced, moved nor removed, nor its time changed: whoever takes over the client cannot reach it. Only files that a
    /// protocol itself makes and removes (<see cref="AccessLayer.Fleeting"/>) may go.
    /// </summary>
    Append,

    /// <summary>Everything with files and folders.</summary>
    Write,

    /// <summary>Writing, and the administration of the gateway.</summary>
    Admin,
}

/// <summary>What a token allows. The default allows to read everything, from everywhere, for ever.</summary>
public sealed record AccessScope
{
    /// <summary>What may be done.</summary>
    public AccessLevel Level { get; init; } = AccessLevel.Read;

    /// <summary>The folder that is the whole for this token: it is shown as the root, and nothing outside of it exists.</summary>
    public VolumePath Path { get; init; }

    /// <summary>The faces it may be used on; none named means all.</summary>
    public IReadOnlyList<string> Faces { get; init; } = [];

    /// <summary>When it ends; <see langword="null"/> for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The networks it may be used from, IPv4 or IPv6; none named means all. An IPv4 address in its IPv6 form counts as what it is.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>How many bytes may go up and down through it, together; <see langword="null"/> for no end.</summary>
    public long? Budget { get; init; }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded(DateTimeOffset now) => Expires <= now;

    /// <summary>Why a caller may not use it there; <see langword="null"/> when it may.</summary>
    public string? Refuses(string face, IPAddress from)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (Faces.Count > 0 && !Faces.Contains(face, StringComparer.Ordinal))
            return $"This token is not for {face}.";
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return Networks.Count > 0 && !Networks.Any(n => n.Contains(address)) ? "This token may not be used from this address." : null;
    }
}
