using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Settings;

/// <summary>Where the program keeps things: the XDG folders, and the ones inside them.</summary>
internal sealed class Places(Func<string, string?> variable, string? configFile)
{
    /// <summary><c>$XDG_CONFIG_HOME/fichier</c>: accounts, preferences, encrypted keys.</summary>
    public string ConfigFolder => Path.Combine(Base("XDG_CONFIG_HOME", ".config"), "fichier");

    /// <summary><c>$XDG_STATE_HOME/fichier</c>: a folder for each account.</summary>
    public string StateFolder => Path.Combine(Base("XDG_STATE_HOME", ".local/state"), "fichier");

    /// <summary><c>$XDG_CACHE_HOME/fichier</c>: what may be deleted at any time.</summary>
    public string CacheFolder => Path.Combine(Base("XDG_CACHE_HOME", ".cache"), "fichier");

    public string ConfigFile => configFile is null ? Path.Combine(ConfigFolder, "config.json") : Path.GetFullPath(configFile);

    /// <summary>Checks a name that becomes a folder: two or more of <c>a-z 0-9 _ -</c>.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static string AccountName(string name) =>
        name.Length is >= 2 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') && name[0] != '-'
            ? name
            : throw CliException.Usage($"'{Escaping.Visible(name)}' is no account name.", "A name is two or more of a-z 0-9 _ -, as in: work");

    // The XDG specification: a path that is not absolute counts as not set.
    private string Base(string name, string fallback) =>
        variable(name) is { Length: > 0 } value && Path.IsPathRooted(value)
            ? value
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), fallback);
}
