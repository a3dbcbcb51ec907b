using System.Xml.Linq;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>A write lock (RFC 4918 §6).</summary>
/// <param name="Root">The place it was taken on.</param>
internal sealed record DavLock(VolumePath Root)
{
    public string Token { get; init; } = $"urn:uuid:{Guid.NewGuid()}";

    /// <summary>Whether <see cref="Root"/> is a folder, for its address.</summary>
    public bool IsFolder { get; init; }

    public bool Exclusive { get; init; }

    /// <summary>Whether everything below is locked with it.</summary>
    public bool Deep { get; init; }

    /// <summary>Who may use the token.</summary>
    public required string User { get; init; }

    /// <summary>What the client said of itself, as XML.</summary>
    public XElement? Owner { get; init; }

    public DateTimeOffset Expires { get; init; }

    public bool Covers(VolumePath path) => path == Root || (Deep && path.IsWithin(Root));
}
