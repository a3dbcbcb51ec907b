using System.Security.Cryptography;
using System.Text;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// A name for a file that stays when it is renamed or moved: a digest of what the volume tells it from others by. The page link, which is open to the world for ever, cannot be read from
/// it. Links and folder numbers of the service are understood as well.
/// </summary>
internal static class StableId
{
    private const int Bytes = 15;
    private const int Digits = Bytes * 2;

    /// <returns><see langword="null"/> when the volume has nothing that stays.</returns>
    public static string? Of(Entry entry) =>
        entry.Id is { } id ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((entry.IsFolder ? "folder|" : "file|") + id)).AsSpan(0, Bytes)) : null;

    /// <summary>Whether a text has the form of one, or of a link or number of the service.</summary>
    public static bool IsOne(string text) => text.Length is > 0 and <= Digits && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));

    /// <summary>Whether an entry is the one that is meant.</summary>
    public static bool Means(string text, Entry entry) => entry.Link?.Id == text || (entry.IsFolder && entry.Id == text) || (text.Length == Digits && Of(entry) == text);
}
