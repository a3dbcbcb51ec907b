using System.Xml.Linq;

namespace OneFichier.Gateways.WebDav;

/// <summary>What of the properties is wanted.</summary>
internal enum PropertyKind
{
    /// <summary>All that is usual, and those named besides.</summary>
    All,

    /// <summary>The names of all, without values.</summary>
    Names,

    /// <summary>Those named.</summary>
    Some,
}

/// <summary>The body of a <c>PROPFIND</c> (RFC 4918 §9.1); no body asks for all.</summary>
internal sealed record PropertyQuery(PropertyKind Kind, IReadOnlyList<XName> Named)
{
    private const int MostNames = 500;

    public static PropertyQuery Of(XElement? body)
    {
        if (body is null)
            return new PropertyQuery(PropertyKind.All, []);
        var known = body.Elements().Where(e => e.Name == DavNames.Prop || e.Name == DavNames.Dav + "allprop" || e.Name == DavNames.Dav + "propname").ToList();
        return known switch
        {
            [{ Name.LocalName: "allprop" }] => new PropertyQuery(PropertyKind.All, NamesIn(body.Element(DavNames.Dav + "include"))),
            [{ Name.LocalName: "propname" }] => new PropertyQuery(PropertyKind.Names, []),
            [{ Name.LocalName: "prop" } prop] => new PropertyQuery(PropertyKind.Some, NamesIn(prop)),
            _ => throw DavException.BadRequest(),
        };
    }

    private static List<XName> NamesIn(XElement? list)
    {
        List<XName> names = [.. (list?.Elements() ?? []).Select(e => e.Name).Distinct()];
        return names.Count <= MostNames ? names : throw DavException.BadRequest();
    }
}
