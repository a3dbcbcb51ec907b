using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>What tells one state of a file from another (RFC 9110 §8.8).</summary>
internal static class Validators
{
    private const int TagBytes = 16;

    /// <summary>The entity tag: of the content's checksum where it is known, else of what changes with the content. Folders have none.</summary>
    public static string? ETag(Entry entry) => entry switch
    {
        { IsFolder: true } => null,
        { Checksum: { } checksum } => Quoted(checksum.ToArray()),
        _ => Quoted(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Id}|{entry.Size}|{entry.ModTime?.UtcTicks}")))),
    };

    /// <summary>To the second, as HTTP states times; <see langword="null"/> when nothing is known.</summary>
    public static DateTimeOffset? LastModified(Entry entry) =>
        (entry.ModTime ?? entry.Created) is { } time ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime() : null;

    public static string HttpDate(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseHttpDate(string? text) =>
        DateTimeOffset.TryParseExact(
            text, ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public static bool SameStrong(string one, string? other) => other is not null && one == other && !one.StartsWith("W/", StringComparison.Ordinal);

    public static bool SameWeak(string one, string? other) => other is not null && one.Replace("W/", "", StringComparison.Ordinal) == other;

    private static string Quoted(byte[] digest) => $"\"{Convert.ToHexStringLower(digest.AsSpan(0, TagBytes))}\"";
}
