using System.Globalization;
using Microsoft.Extensions.Primitives;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>
/// The <c>Range</c> header (RFC 9110 §14.2). Other units and what cannot be read are ignored, as the protocol allows, and so are lists too long to be meant well; parts that touch or
/// overlap are put together, so that no answer is longer than the file.
/// </summary>
internal static class RangeHeader
{
    /// <summary>Elements a list may have; with more it is ignored.</summary>
    public const int MostElements = 100;

    /// <summary>Parts an answer may have; a list that comes to more is ignored.</summary>
    public const int MostParts = 32;

    private const string Unit = "bytes=";

    /// <returns><see langword="null"/> for the whole file; no parts when no byte that is asked for is in it.</returns>
    public static IReadOnlyList<ByteRange>? Parse(StringValues header, long size)
    {
        if (header.Count != 1 || !header.ToString().StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            return null;
        var elements = header.ToString()[Unit.Length..].Split(',').Select(e => e.Trim(' ', '\t')).Where(e => e.Length > 0).ToList();
        if (elements.Count is 0 or > MostElements)
            return null;
        var parts = new List<ByteRange>();
        foreach (var element in elements)
        {
            if (Read(element) is not { } wanted)
                return null;
            if (size == 0 && wanted.First is null && wanted.Last > 0)
                return null;
            if (Within(wanted, size) is { } part)
                parts.Add(part);
        }

        var joined = Joined(parts);
        return joined.Count > MostParts ? null : joined;
    }

    private static (long? First, long? Last)? Read(string element)
    {
        var dash = element.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return null;
        var (first, last) = (element[..dash], element[(dash + 1)..]);
        if (!first.Concat(last).All(char.IsAsciiDigit) || first.Length + last.Length == 0)
            return null;
        var (from, upTo) = (Number(first), Number(last));
        return from > upTo ? null : (from, upTo);
    }

    /// <summary>More digits than a file can have bytes are as many as it can.</summary>
    private static long? Number(string digits) =>
        digits.Length == 0 ? null : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    private static ByteRange? Within((long? First, long? Last) wanted, long size)
    {
        var (first, last) = wanted.First is { } start
            ? (start, Math.Min(wanted.Last ?? long.MaxValue, size - 1))
            : (Math.Max(0, size - wanted.Last!.Value), wanted.Last == 0 ? -1 : size - 1);
        return first > last ? null : new ByteRange(first, last - first + 1);
    }

    private static List<ByteRange> Joined(List<ByteRange> parts)
    {
        var sorted = parts.OrderBy(p => p.Offset).ToList();
        if (!sorted.Zip(sorted.Skip(1)).Any(pair => End(pair.First) >= pair.Second.Offset))
            return parts;
        List<ByteRange> joined = [sorted[0]];
        foreach (var part in sorted.Skip(1))
        {
            if (End(joined[^1]) >= part.Offset)
                joined[^1] = new ByteRange(joined[^1].Offset, Math.Max(End(joined[^1]), End(part)) - joined[^1].Offset);
            else
                joined.Add(part);
        }

        return joined;
    }

    private static long End(ByteRange part) => part.Offset + part.Length!.Value;
}
