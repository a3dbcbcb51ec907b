using System.Xml.Linq;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The names that answers are looked through for.</summary>
internal static class DavXmlNames
{
    public static readonly XNamespace Dav = "DAV:";
    public static readonly XName Href = Dav + "href";
    public static readonly XName Status = Dav + "status";
    public static readonly XName Prop = Dav + "prop";
    public static readonly XName Response = Dav + "response";
}
