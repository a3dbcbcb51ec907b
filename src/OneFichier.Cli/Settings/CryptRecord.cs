using OneFichier.Cli.Terminal;
using OneFichier.Drive.Crypt;

namespace OneFichier.Cli.Settings;

/// <summary>An encrypted remote: files of another place in rclone's crypt format. Its passwords are in the store, as <c>crypt.NAME</c> and <c>crypt.NAME.salt</c>.</summary>
/// <param name="Remote">Where the encrypted files are, as a path of the command line.</param>
/// <param name="Store">The store that keeps the passwords.</param>
internal sealed record CryptRecord(string Remote, string Store)
{
    public static readonly IReadOnlyList<string> NameEncryptions = ["standard", "obfuscate", "off"];

    public static readonly IReadOnlyList<string> NameEncodings = ["base32", "base64", "base32768"];

    /// <summary>One of <see cref="NameEncryptions"/>.</summary>
    public string FilenameEncryption { get; init; } = "standard";

    /// <summary>Whether names of folders are encrypted too.</summary>
    public bool DirectoryNameEncryption { get; init; } = true;

    /// <summary>One of <see cref="NameEncodings"/>.</summary>
    public string FilenameEncoding { get; init; } = "base32";

    /// <summary>What names end in where they are not encrypted.</summary>
    public string Suffix { get; init; } = ".bin";

    /// <summary>Whether only names are encrypted.</summary>
    public bool NoDataEncryption { get; init; }

    /// <summary>The secret's name in the store.</summary>
    public static string SecretOf(string name, bool salt) => salt ? $"crypt.{name}.salt" : $"crypt.{name}";

    /// <exception cref="CliException">A word in the configuration is none of those there are.</exception>
    public CryptOptions ToOptions() => new()
    {
        Names = Known<NameEncryption>(FilenameEncryption, NameEncryptions),
        EncryptFolderNames = DirectoryNameEncryption,
        Encoding = Known<NameEncoding>(FilenameEncoding, NameEncodings),
        Suffix = Suffix is "none" ? "" : Suffix,
        EncryptContent = !NoDataEncryption,
    };

    private static T Known<T>(string word, IReadOnlyList<string> words) where T : struct, Enum =>
        words.Contains(word) && Enum.TryParse<T>(word, ignoreCase: true, out var value)
            ? value
            : throw CliException.Usage($"'{Escaping.Visible(word)}' in the configuration is not one of {string.Join(", ", words)}.", "Correct it: fichier config path");
}
