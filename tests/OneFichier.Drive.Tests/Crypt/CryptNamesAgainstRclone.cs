using System.Text;
using OneFichier.Drive.Crypt;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>Each name, in each layout, is stored under the very text rclone stores it under, and read back by it.</summary>
public sealed class CryptNamesAgainstRclone
{
    private const int Seed = 20260801;

    public static TheoryData<NameEncryption, NameEncoding, bool> Layouts => new()
    {
        { NameEncryption.Standard, NameEncoding.Base32, true },
        { NameEncryption.Standard, NameEncoding.Base32, false },
        { NameEncryption.Standard, NameEncoding.Base64, true },
        { NameEncryption.Standard, NameEncoding.Base32768, true },
        { NameEncryption.Obfuscate, NameEncoding.Base32, true },
        { NameEncryption.Obfuscate, NameEncoding.Base32, false },
        { NameEncryption.Off, NameEncoding.Base32, true },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Names_are_stored_as_rclone_stores_them_and_come_back(NameEncryption encryption, NameEncoding encoding, bool salted)
    {
        Rclone.SkipUnlessInstalled();
        var options = new CryptOptions { Names = encryption, Encoding = encoding };
        var names = new CryptNames(salted ? TestKeys.Salted : TestKeys.Unsalted, options);
        using var folder = new TempFolder();
        var configuration = folder.Write("rclone.conf", Encoding.UTF8.GetBytes(Rclone.Configuration(folder.Path, options, salted)));
        var plain = Names().ToArray();

        var judged = Rclone.Run(configuration, ["backend", "encode", "crypt:", "--", .. plain]).TrimEnd('\n').Split('\n');
        Assert.Equal(plain.Length, judged.Length);
        foreach (var (name, stored) in plain.Zip(judged))
        {
            var segment = names.StoredFile(Segment(name));
            Assert.True(Segment(stored) == segment, $"'{name}' is '{stored}' to rclone and '{segment}' here (seed {Seed})");
            Assert.Equal(Segment(name), names.PlainFile(segment));
        }
    }

    /// <summary>rclone's tool takes and shows names in its standard form.</summary>
    private static string Segment(string standard) => standard switch
    {
        _ when standard.Any(c => c is '\u201B' or '\u2421' or (>= '\u2400' and < '\u2420')) => Decoded(standard),
        _ => standard,
    };

    private static string Decoded(string standard)
    {
        var text = new StringBuilder();
        for (var i = 0; i < standard.Length; i++)
        {
            var c = standard[i];
            if (c == '\u201B' && i + 1 < standard.Length && standard[i + 1] is '\u201B' or '\u2421' or (>= '\u2400' and < '\u2420'))
                text.Append(standard[++i]);
            else
                text.Append(c is >= '\u2400' and < '\u2420' ? (char)(c - 0x2400) : c == '\u2421' ? '\u007F' : c);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Names()
    {
        string[] chosen =
        [
            "a", "A", "exactly sixteen!", "seventeen letters", "\u00e9", "e\u0301", " ", "  lead", "trail  ", "...", ".hidden", "0123456789", "AZaz", "!", "!!", "a!b", "1.a", "!.x", "\u00a0\u00ff",
            "\u0100\u01ff", "\ud83d\ude80", "\ud7ff", "\ue000", "\uffff", "\ufffd", "x-v2001-02-03-040506-123.txt", "x-v2001-02-03-040506-123", "-v2001-02-03-040506-123.txt",
            "x-v2001-13-03-040506-123.txt", "x-v2001-02-30-040506-123.txt", "x-v2000-02-29-235959-999.tar.gz", "x-v0000-02-29-000000-000", "x-v2001-02-03-250506-123", "a-v2001-02-03-040506-123b.txt",
            "x-v2001-02-03-040506-123-v2001-02-03-040506-123.txt", "tab\u2409stop", "nul\u2400", "del\u2421", "quote\u201b\u201b", new('n', 200), string.Concat(Enumerable.Repeat("\u4e2d", 80)), "-rf", "--", "$HOME", "a:b*c?",
        ];
        var random = new Random(Seed);
        return chosen.Concat(Enumerable.Range(0, 500).Select(_ => RandomName(random)));
    }

    private static string RandomName(Random random)
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
