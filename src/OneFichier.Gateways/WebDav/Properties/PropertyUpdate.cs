using System.Xml.Linq;

namespace OneFichier.Gateways.WebDav;

/// <summary>One line of a <c>PROPPATCH</c>.</summary>
/// <param name="Name">The property.</param>
/// <param name="Value">What it shall be, with its own name around it; <see langword="null"/> to remove it.</param>
internal sealed record PropertyChange(XName Name, XElement? Value);

/// <summary>The body of a <c>PROPPATCH</c> (RFC 4918 §9.2): changes in their order, all made or none.</summary>
internal static class PropertyUpdate
{
    private static readonly XName Language = XNamespace.Xml + "lang";

    public static IReadOnlyList<PropertyChange> Of(XElement? body)
    {
        var changes = (body ?? throw DavException.BadRequest()).Elements()
            .Where(e => e.Name == DavNames.Dav + "set" || e.Name == DavNames.Dav + "remove")
            .SelectMany(step => step.Elements(DavNames.Prop).Elements().Select(p => new PropertyChange(p.Name, step.Name.LocalName == "set" ? Detached(p) : null)))
            .ToList();
        return changes.Count > 0 ? changes : throw DavException.BadRequest();
    }

    /// <summary>An element by itself, with the language that its surroundings gave it.</summary>
    public static XElement Detached(XElement element)
    {
        var alone = new XElement(element);
        if (element.AncestorsAndSelf().Attributes(Language).FirstOrDefault() is { } language)
            alone.SetAttributeValue(Language, language.Value);
        return alone;
    }
}
