using System.Globalization;
using System.Xml.Linq;

namespace OneFichier.Gateways.WebDav;

/// <summary>Locks, as they are told.</summary>
internal static class LockXml
{
    public static XElement Supported { get; } = new(
        DavNames.Dav + "supportedlock",
        new[] { "exclusive", "shared" }.Select(scope => new XElement(
            DavNames.Dav + "lockentry",
            new XElement(DavNames.Dav + "lockscope", new XElement(DavNames.Dav + scope)),
            new XElement(DavNames.Dav + "locktype", new XElement(DavNames.Dav + "write")))));

    public static XElement Discovery(IEnumerable<DavLock> locks, DavRequest request)
    {
        var now = request.State.Options.Time.GetUtcNow();
        return new XElement(DavNames.LockDiscovery, locks.Select(l => Active(l, now, request.HrefOf(l))));
    }

    private static XElement Active(DavLock held, DateTimeOffset now, string root) => new(
        DavNames.Dav + "activelock",
        new XElement(DavNames.Dav + "locktype", new XElement(DavNames.Dav + "write")),
        new XElement(DavNames.Dav + "lockscope", new XElement(DavNames.Dav + (held.Exclusive ? "exclusive" : "shared"))),
        new XElement(DavNames.Dav + "depth", held.Deep ? "infinity" : "0"),
        held.Owner is null ? null : new XElement(held.Owner),
        new XElement(DavNames.Dav + "timeout", string.Create(CultureInfo.InvariantCulture, $"Second-{Math.Ceiling((held.Expires - now).TotalSeconds)}")),
        new XElement(DavNames.Dav + "locktoken", new XElement(DavNames.Href, held.Token)),
        new XElement(DavNames.Dav + "lockroot", new XElement(DavNames.Href, root)));
}
