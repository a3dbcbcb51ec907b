using System.Text;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>Names that a program may get wrong.</summary>
internal static class CryptTestNames
{
    /// <summary>In rclone's standard form.</summary>
    public static string[] Chosen { get; } =
    [
        "a", "A", "exactly sixteen!", "seventeen letters", "\u00e9", "e\u0301", " ", "  lead", "trail  ", "...", ".hidden", "0123456789", "AZaz", "!", "!!", "a!b", "1.a", "!.x", "\u00a0\u00ff",
        "\u0100\u01ff", "\ud83d\ude80", "\ud7ff", "\ue000", "\uffff", "\ufffd", "x-v2001-02-03-040506-123.txt", "x-v2001-02-03-040506-123", "-v2001-02-03-040506-123", ".txt-v2001-02-03-040506-123",
        "x-v2001-13-03-040506-123.txt", "x-v2001-02-30-040506-123.txt", "x-v2000-02-29-235959-999.tar.gz", "x-v0000-02-29-000000-000", "x-v2001-02-03-250506-123", "a-v2001-02-03-040506-123b.txt",
        "x-v2001-02-03-040506-123-v2001-02-03-040506-123.txt", "tab\u2409stop", "nul\u2400", "del\u2421", "quote\u201b\u201b", new('n', 130), string.Concat(Enumerable.Repeat("\u4e2d", 40)), "-rf", "--", "$HOME", "a:b*c?",
    ];

    /// <summary>As segments of paths that a Unix disk can hold.</summary>
    public static IEnumerable<string> OnDisk(int seed, int count) =>
        Chosen.Where(n => !n.StartsWith("x-v", StringComparison.Ordinal) || n.EndsWith("txt", StringComparison.Ordinal))
            .Concat(["tab\tstop", "line\nbreak", "del\u007f", "\u2409", "a\uff0fb", "\u201b\uff0f", "\uff0e", "x\u201by", "con", "it's", "back\\slash"])
            .Concat(Random(seed, count)).Distinct(StringComparer.Ordinal).Take(count);

    public static IEnumerable<string> Random(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => One(random));
    }

    private static string One(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 40); left > 0; left--)
        {
            var value = random.Next(6) switch { 0 => random.Next(0xA0, 0x180), 1 => random.Next(0x3000, 0xD800), 2 => random.Next(0x10000, 0x10FFFF), _ => random.Next(0x20, 0x7F) };
            text.Append(value == '/' ? "-" : new Rune(value).ToString());
        }

        return text.ToString() is "." or ".." ? "dots" : text.ToString();
    }
}
