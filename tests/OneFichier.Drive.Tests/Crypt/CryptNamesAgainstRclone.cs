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
        var plain = CryptTestNames.Chosen.Concat(CryptTestNames.Random(Seed, 500)).ToArray();

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
}
