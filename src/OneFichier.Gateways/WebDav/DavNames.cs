using System.Xml.Linq;

namespace OneFichier.Gateways.WebDav;

/// <summary>The names of RFC 4918 that are met in more than one place.</summary>
internal static class DavNames
{
    public static readonly XNamespace Dav = "DAV:";
    public static readonly XNamespace Microsoft = "urn:schemas-microsoft-com:";
    public static readonly XName Href = Dav + "href";
    public static readonly XName Prop = Dav + "prop";
    public static readonly XName Status = Dav + "status";
    public static readonly XName LastModified = Dav + "getlastmodified";
    public static readonly XName LockDiscovery = Dav + "lockdiscovery";
    public static readonly XName QuotaAvailable = Dav + "quota-available-bytes";
    public static readonly XName QuotaUsed = Dav + "quota-used-bytes";
}
