using System.Globalization;
using System.Xml.Linq;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The properties by which clients set the modification time of a file: the protocol's own (which others than we protect), Windows', and ownCloud's in seconds since 1970.</summary>
internal static class TimeProperties
{
    private static readonly XName Windows = DavNames.Microsoft + "Win32LastModifiedTime";
    private static readonly XName OwnCloud = DavNames.Dav + "lastmodified";

    /// <summary>Whether setting it sets the time, where that is possible; elsewhere Windows' is an ordinary property, which Windows insists on, and the others are protected.</summary>
    public static bool IsOne(XName name) => name == DavNames.LastModified || name == Windows || name == OwnCloud;

    public static bool IsOptional(XName name) => name == Windows;

    public static bool CanBeSet(IVolume volume, Entry entry) => !entry.IsFolder && volume.Traits.SetsTimes && volume.Feature<IFileTimes>() is not null;

    /// <returns><see langword="null"/> when it is no time.</returns>
    public static DateTimeOffset? Parse(XElement property, DateTimeOffset now) =>
        property.Name != OwnCloud ? HttpDates.Parse(property.Value.Trim(), now)
        : long.TryParse(property.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) < 50_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
