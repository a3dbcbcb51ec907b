using System.Buffers.Text;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// Between the names of an encrypted volume and those they are stored under. A name that is stored in another way than this class would store it
/// (upper-case base32, for one) is none of the volume's, so that what is listed can be found.
/// </summary>
/// <param name="keys">The keys.</param>
/// <param name="options">The layout.</param>
public sealed class CryptNames(CryptKeys keys, CryptOptions options)
{
    /// <summary>The name a file is stored under.</summary>
    /// <exception cref="FichierException">The name cannot be encrypted: it is too long.</exception>
    public string StoredFile(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (options.Names == NameEncryption.Off)
            return options.Suffix.Length == 0 ? name : DotName.Store(name) + options.Suffix;
        var (bare, mark) = VersionMark.Split(ToStandard(name));
        return FromStandard(VersionMark.Join(Encrypt(bare), mark));
    }

    /// <summary>The name a folder is stored under.</summary>
    /// <exception cref="FichierException">The name cannot be encrypted: it is too long.</exception>
    public string StoredFolder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return KeepsFolders ? name : FromStandard(Encrypt(ToStandard(name)));
    }

    /// <summary>The name of a file that is stored under a name; <see langword="null"/> when that is none of this volume's.</summary>
    public string? PlainFile(string stored)
    {
        ArgumentException.ThrowIfNullOrEmpty(stored);
        if (options.Names == NameEncryption.Off)
            return WithoutSuffix(stored);
        var (bare, mark) = VersionMark.Split(ToStandard(stored));
        return (bare.Length == 0 ? bare : Decrypt(bare)) is { } plain ? Checked(VersionMark.Join(plain, mark), stored, StoredFile) : null;
    }

    /// <summary>The name of a folder that is stored under a name; <see langword="null"/> when that is none of this volume's.</summary>
    public string? PlainFolder(string stored)
    {
        ArgumentException.ThrowIfNullOrEmpty(stored);
        return KeepsFolders ? stored : Decrypt(ToStandard(stored)) is { } plain ? Checked(plain, stored, StoredFolder) : null;
    }

    /// <summary>Whether a name can be encrypted: whether it is not too long.</summary>
    public bool CanStore(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return options.Names != NameEncryption.Standard || LooseText.ToBytes(ToStandard(name)) is { Length: <= NameCipher.LongestName };
    }

    /// <summary>Whether a file and a folder of that name are stored under the same one.</summary>
    public bool IsOneName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return options.Names == NameEncryption.Off ? options.Suffix.Length == 0 : options.EncryptFolderNames && VersionMark.Split(ToStandard(name)).Mark.Length == 0;
    }

    private bool KeepsFolders => options.Names == NameEncryption.Off || !options.EncryptFolderNames;

    private string Encrypt(string text)
    {
        if (text.Length == 0)
            return text;
        if (options.Names == NameEncryption.Obfuscate)
            return NameObfuscation.Apply(text, keys.Names.KeySum);
        var bytes = LooseText.ToBytes(text);
        return bytes is null or { Length: > NameCipher.LongestName }
            ? throw new FichierException($"The name '{text}' cannot be encrypted: {(bytes is null ? "it is not Unicode" : $"it has {bytes.Length} bytes, and {NameCipher.LongestName} are possible")}.")
            {
                Remedy = "Give it another name.",
            }
            : Written(keys.Names.Encrypt(bytes));
    }

    private string? Decrypt(string text) => options.Names == NameEncryption.Obfuscate ? NameObfuscation.Undo(text, keys.Names.KeySum)
        : Read(text) is { } bytes && keys.Names.Decrypt(bytes) is { } plain ? LooseText.ToText(plain.Span)
        : null;

    private string Written(byte[] bytes) => options.Encoding switch
    {
        NameEncoding.Base64 => Base64Url.EncodeToString(bytes),
        NameEncoding.Base32768 => Base32768.Encode(bytes),
        _ => Base32Hex.Encode(bytes),
    };

    private byte[]? Read(string text) => options.Encoding switch
    {
        NameEncoding.Base64 => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null,
        NameEncoding.Base32768 => Base32768.Decode(text),
        _ => Base32Hex.Decode(text),
    };

    private string? WithoutSuffix(string stored) =>
        options.Suffix.Length == 0 ? stored
        : stored.EndsWith(options.Suffix, StringComparison.Ordinal) && stored.Length > options.Suffix.Length ? Checked(stored[..^options.Suffix.Length], stored)
        : null;

    private string? Checked(string dotName, string stored)
    {
        var plain = DotName.Read(dotName);
        return string.Equals(StoredFile(plain), stored, StringComparison.Ordinal) ? plain : null;
    }

    private static string? Checked(string standard, string stored, Func<string, string> store)
    {
        if (standard.Length == 0)
            return null;
        var plain = FromStandard(standard);
        return string.Equals(store(plain), stored, StringComparison.Ordinal) ? plain : null;
    }

    private static string ToStandard(string segment) => StandardName.Encode(PathNames.ToName(segment));

    private static string FromStandard(string text) => PathNames.ToSegment(StandardName.Decode(text));
}
