using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>Says of one entry after the other what was asked.</summary>
internal sealed class PropertyReader(DavRequest request, PropertyQuery query, VolumeSpace? space)
{
    private readonly bool _brief = request.WantsLittle();

    /// <summary>The <c>propstat</c> elements of an entry: what it has, then what it lacks.</summary>
    public IEnumerable<XElement> Propstats(Entry entry)
    {
        var resource = new Resource(request, entry, space);
        var dead = request.State.Properties.Of(request.Whole(entry.Path));
        XElement? Get(XName name) => dead.TryGetValue(name, out var kept) ? new XElement(kept) : LiveProperties.Get(name, resource);

        var values = Wanted(dead.Keys).Distinct().Select(name => (Name: name, Value: Get(name))).ToList();
        var found = values.Where(v => v.Value is not null).Select(v => query.Kind == PropertyKind.Names ? new XElement(v.Name) : v.Value!).ToList();
        var missing = query.Kind == PropertyKind.Names || _brief ? [] : values.Where(v => v.Value is null && IsAskedFor(v.Name)).Select(v => new XElement(v.Name)).ToList();
        if (found.Count > 0 || missing.Count == 0)
            yield return Propstat(found, StatusCodes.Status200OK);
        if (missing.Count > 0)
            yield return Propstat(missing, StatusCodes.Status404NotFound);
    }

    public static XElement Propstat(IEnumerable<XElement> properties, int status) =>
        new(DavNames.Dav + "propstat", new XElement(DavNames.Prop, properties), MultiStatus.StatusElement(status));

    private IEnumerable<XName> Wanted(IEnumerable<XName> dead) =>
        query.Kind == PropertyKind.Some ? query.Named : LiveProperties.Usual.Concat(dead).Concat(query.Named);

    private bool IsAskedFor(XName name) => query.Named.Contains(name);
}
