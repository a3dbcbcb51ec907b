namespace OneFichier.Drive.Crypt;

/// <summary>How an encrypted volume is laid out. Names, meaning and defaults are those of rclone's crypt remote; all who use one volume must agree on them.</summary>
public sealed record CryptOptions
{
    /// <summary>What becomes of names (<c>filename_encryption</c>).</summary>
    public NameEncryption Names { get; init; } = NameEncryption.Standard;

    /// <summary>Whether names of folders are encrypted as those of files are (<c>directory_name_encryption</c>); without effect when names are not encrypted.</summary>
    public bool EncryptFolderNames { get; init; } = true;

    /// <summary>How the bytes of an encrypted name are written (<c>filename_encoding</c>).</summary>
    public NameEncoding Encoding { get; init; } = NameEncoding.Base32;

    /// <summary>What stands behind the names of files when names are not encrypted (<c>suffix</c>); empty for nothing.</summary>
    public string Suffix { get; init; } = ".bin";

    /// <summary>Whether content is encrypted (the opposite of <c>no_data_encryption</c>).</summary>
    public bool EncryptContent { get; init; } = true;
}

/// <summary>What becomes of names.</summary>
public enum NameEncryption
{
    /// <summary>They are encrypted with AES in EME; the same name is always the same text.</summary>
    Standard,

    /// <summary>Their characters are moved about in the alphabet: hides them from a glance and from nothing more.</summary>
    Obfuscate,

    /// <summary>They stay, and those of files get a suffix.</summary>
    Off,
}

/// <summary>How the bytes of an encrypted name are written.</summary>
public enum NameEncoding
{
    /// <summary>Lower-case letters and digits: for everywhere.</summary>
    Base32,

    /// <summary>Shorter, where case counts.</summary>
    Base64,

    /// <summary>Shortest, where characters are counted and not bytes.</summary>
    Base32768,
}
