using System.Xml.Linq;

namespace OneFichier.Gateways.WebDav;

/// <summary>The body of a <c>LOCK</c> (RFC 4918 §14.11).</summary>
internal static class LockRequest
{
    private const int LongestOwner = 4096;

    /// <returns>What the body says of the lock; the rest is for the caller to fill in.</returns>
    public static DavLock Of(XElement body)
    {
        var scope = body.Element(DavNames.Dav + "lockscope")?.Elements().Select(e => e.Name).ToList();
        if (scope is not [{ } kind] || (kind != DavNames.Dav + "exclusive" && kind != DavNames.Dav + "shared"))
            throw DavException.BadRequest();
        if (body.Element(DavNames.Dav + "locktype")?.Element(DavNames.Dav + "write") is null)
            throw DavException.BadRequest();
        var owner = body.Element(DavNames.Dav + "owner");
        if (owner?.ToString(SaveOptions.DisableFormatting).Length > LongestOwner)
            throw DavException.BadRequest();
        return new DavLock(default) { Exclusive = kind.LocalName == "exclusive", User = "", Owner = owner is null ? null : PropertyUpdate.Detached(owner) };
    }
}
