namespace OneFichier.Drive.Crypt.Primitives;

/// <summary>
/// Fifteen bits in each character of Unicode, as rclone writes them ("base32768", the safe alphabet): for services that count characters and not bytes.
/// The last character holds seven bits if that is enough. Bits that are over are ones.
/// </summary>
public static class Base32768
{
    private const int PageBits = 5;
    private const int ShortPages = 4;
    private const int LongBits = 15;
    private const int ShortBits = 7;

    /// <summary>The pages of 32 characters in use, by the number of the page in hexadecimal. The first four hold the seven-bit characters.</summary>
    private const string PagesInUse =
        "c 12-14 25 28 34-35 3b-3c 3e 80 85 88-8a 8c 8f-91 93 97 99 9d-9e a1-b2 b5-b6 bc c1-c2 c6 cc cf d1 de e0 e8 10f 116 11a-11e 120 128-13a 13c-13d 140-14b " +
        "14d 151-152 154-155 157-15a 160 164-166 168 16a 175-176 18e 1a0-26c 26e-4fd 500-523 525 528-52f 532 535-536 538-53a 53c 542";

    private static readonly int[] Pages = [.. PagesInUse.Split(' ').SelectMany(PageRange)];

    private static readonly Dictionary<int, int> PlaceOfPage = Pages.Select((page, place) => (page, place)).ToDictionary(p => p.page, p => p.place);

    /// <summary>The text of bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + LongBits - 1) / LongBits];
        var at = 0;
        var (held, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (held, bits) = (held << 8 | value, bits + 8);
            if (bits < LongBits)
                continue;
            bits -= LongBits;
            text[at++] = Long(held >> bits);
            held &= (1 << bits) - 1;
        }

        if (bits > 0)
            text[at] = bits <= ShortBits ? Short(Padded(held, ShortBits - bits)) : Long(Padded(held, LongBits - bits));
        return new string(text);
    }

    /// <summary>The bytes of a text; <see langword="null"/> unless encoding them gives that very text.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length * 2);
        var (held, bits) = (0, 0);
        foreach (var unit in text)
        {
            if (!PlaceOfPage.TryGetValue(unit >> PageBits, out var place))
                return null;
            var isShort = place < ShortPages;
            var value = (isShort ? place : place - ShortPages) << PageBits | unit & ((1 << PageBits) - 1);
            var width = isShort ? ShortBits : LongBits;
            (held, bits) = (held << width | value, bits + width);
            for (; bits >= 8; bits -= 8)
                bytes.Add((byte)(held >> (bits - 8)));
            held &= (1 << bits) - 1;
        }

        return text.SequenceEqual(Encode([.. bytes])) ? [.. bytes] : null;
    }

    private static int Padded(int held, int missing) => held << missing | (1 << missing) - 1;

    private static char Long(int value) => (char)(Pages[ShortPages + (value >> PageBits)] << PageBits | value & ((1 << PageBits) - 1));

    private static char Short(int value) => (char)(Pages[value >> PageBits] << PageBits | value & ((1 << PageBits) - 1));

    private static IEnumerable<int> PageRange(string range)
    {
        var ends = range.Split('-').Select(end => Convert.ToInt32(end, 16)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
