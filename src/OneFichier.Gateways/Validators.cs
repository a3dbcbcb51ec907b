using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>What tells one state of a file from another (RFC 9110 §8.8).</summary>
internal static class Validators
{
    private const int TagBytes = 16;

    /// <summary>
    /// The entity tag: of the content's checksum where it is known, else of what changes with the content. Without anything that tells this file from another of its name it is weak.
    /// Folders have none.
    /// </summary>
    public static string? ETag(Entry entry) => entry switch
    {
        { IsFolder: true } => null,
        { Checksum: { } checksum } => Quoted(checksum.ToArray()),
        { Id: null } => "W/" + Quoted(State(entry)),
        _ => Quoted(State(entry)),
    };

    /// <summary>The entity tag of bytes made here.</summary>
    public static string ETag(ReadOnlySpan<byte> content) => Quoted(SHA256.HashData(content));

    /// <summary>To the second, as HTTP states times; <see langword="null"/> when nothing is known.</summary>
    public static DateTimeOffset? LastModified(Entry entry) =>
        (entry.ModTime ?? entry.Created) is { } time ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime() : null;

    public static bool SameStrong(string one, string? other) => other is not null && one == other && !IsWeak(one);

    public static bool SameWeak(string one, string? other) => other is not null && Opaque(one) == Opaque(other);

    private static bool IsWeak(string tag) => tag.StartsWith("W/", StringComparison.Ordinal);

    private static string Opaque(string tag) => IsWeak(tag) ? tag[2..] : tag;

    private static byte[] State(Entry entry) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Id}|{entry.Size}|{entry.ModTime?.UtcTicks}")));

    private static string Quoted(byte[] digest) => $"\"{Convert.ToHexStringLower(digest.AsSpan(0, TagBytes))}\"";
}
