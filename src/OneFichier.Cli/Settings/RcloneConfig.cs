namespace OneFichier.Cli.Settings;

/// <summary>The remotes of an <c>rclone.conf</c>.</summary>
public sealed class RcloneConfig
{
    private RcloneConfig(IReadOnlyList<RcloneRemote> remotes) => Remotes = remotes;

    /// <summary>The remotes, in the order of the file.</summary>
    public IReadOnlyList<RcloneRemote> Remotes { get; }

    /// <summary>Reads a configuration, encrypted or not.</summary>
    /// <param name="reader">The text of the file.</param>
    /// <param name="password">What it is encrypted with (rclone's <c>RCLONE_CONFIG_PASS</c>); not needed for one that is not.</param>
    /// <exception cref="RcloneConfigException">It is encrypted and the password is missing or wrong, or it is no configuration of rclone.</exception>
    public static RcloneConfig Parse(TextReader reader, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = reader.ReadToEnd();
        return new RcloneConfig(RcloneIni.Read(SealedRcloneConfig.IsOne(text) ? SealedRcloneConfig.Open(text, password) : text));
    }

    /// <summary>The remote of a name; <see langword="null"/> when there is none.</summary>
    public RcloneRemote? Find(string name) => Remotes.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.Ordinal));
}

/// <summary>A remote as it is configured. Its options may be secrets.</summary>
/// <param name="name">What it is called.</param>
/// <param name="options">Its options but for the type, passwords still obscured.</param>
public sealed class RcloneRemote(string name, IReadOnlyDictionary<string, string> options)
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>Its kind, in rclone's word for it; empty when there is none.</summary>
    public string Type => this["type"] ?? "";

    /// <summary>The names of the options that are set.</summary>
    public IEnumerable<string> Options => options.Where(o => o.Value.Length > 0).Select(o => o.Key);

    /// <summary>An option; <see langword="null"/> when it is not set or empty.</summary>
    public string? this[string option] => options.TryGetValue(option, out var value) && value.Length > 0 ? value : null;
}

/// <summary>A configuration of rclone cannot be read.</summary>
/// <param name="message">Why.</param>
/// <param name="needsPassword">Whether another password would help.</param>
public sealed class RcloneConfigException(string message, bool needsPassword = false) : Exception(message)
{
    /// <summary>Whether it is encrypted, and the password is missing or another.</summary>
    public bool NeedsPassword { get; } = needsPassword;
}
