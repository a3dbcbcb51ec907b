using System.Globalization;
using System.Xml.Linq;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The properties whose values are facts about an entry (RFC 4918 §15, RFC 4331).</summary>
internal static class LiveProperties
{
    private static readonly Dictionary<XName, Func<Resource, object?>> Facts = new()
    {
        [DavNames.Dav + "creationdate"] = r => r.Entry.Created?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        [DavNames.Dav + "displayname"] = r => r.Entry.Name.Length > 0 ? XmlText.Holdable(r.Entry.Name) : null,
        [DavNames.Dav + "getcontentlength"] = r => r.Entry.IsFolder ? null : r.Entry.Size.ToString(CultureInfo.InvariantCulture),
        [DavNames.Dav + "getcontenttype"] = r => r.Entry.IsFolder ? null : MediaTypes.Of(r.Entry),
        [DavNames.Dav + "getetag"] = r => Validators.ETag(r.Entry),
        [DavNames.LastModified] = r => Validators.LastModified(r.Entry) is { } time ? HttpDates.Write(time) : null,
        [DavNames.Dav + "resourcetype"] = r => r.Entry.IsFolder ? new XElement(DavNames.Dav + "collection") : "",
        [DavNames.Dav + "supportedlock"] = _ => LockXml.Supported.Elements(),
        [DavNames.LockDiscovery] = r => LockXml.Discovery(r.Request.State.Locks.Covering(r.Request.Whole(r.Entry.Path)), r.Request).Elements(),
        [DavNames.QuotaAvailable] = r => r.Entry.IsFolder ? r.Space?.Available?.ToString(CultureInfo.InvariantCulture) : null,
        [DavNames.QuotaUsed] = r => r.Entry.IsFolder ? r.Space?.Used.ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <summary>What <c>allprop</c> gives: RFC 4331 keeps the room out of it, since it may be dear to know.</summary>
    public static IReadOnlyList<XName> Usual { get; } = [.. Facts.Keys.Where(n => !IsRoom(n))];

    public static bool IsRoom(XName name) => name == DavNames.QuotaAvailable || name == DavNames.QuotaUsed;

    /// <summary>Whether clients may not set it. A display name is the client's own affair.</summary>
    public static bool IsProtected(XName name) => name != DavNames.Dav + "displayname" && Facts.ContainsKey(name);

    /// <returns><see langword="null"/> when the entry has no such property.</returns>
    public static XElement? Get(XName name, Resource resource) =>
        Facts.TryGetValue(name, out var fact) && fact(resource) is { } value ? new XElement(name, value) : null;
}

/// <summary>An entry that is looked at.</summary>
/// <param name="Request">For whom.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Space">The room of the volume, where it was asked for and is known.</param>
internal sealed record Resource(DavRequest Request, Entry Entry, VolumeSpace? Space);
