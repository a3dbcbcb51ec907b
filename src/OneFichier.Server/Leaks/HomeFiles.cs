namespace OneFichier.Server.Leaks;

/// <summary>The files of a user in which keys are left: what shells and interpreters remember, what they run at their start, and the settings of programs.</summary>
public static class HomeFiles
{
    private static readonly string[] Histories =
    [
        ".bash_history", ".zsh_history", ".histfile", ".zhistory", ".ash_history", ".sh_history", ".history", ".local/share/fish/fish_history", ".local/share/powershell/PSReadLine/ConsoleHost_history.txt",
        ".python_history", ".node_repl_history", ".psql_history", ".sqlite_history", ".local/share/xonsh/xonsh-history.sqlite",
    ];

    private static readonly string[] Starts =
    [
        ".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", ".zshrc", ".zshenv", ".zprofile", ".zlogin", ".config/fish/config.fish", ".pam_environment", ".xprofile", ".xsessionrc",
        ".config/powershell/profile.ps1", ".config/powershell/Microsoft.PowerShell_profile.ps1",
    ];

    private static readonly string[] Settings =
        [".config/rclone/rclone.conf", ".rclone.conf", ".netrc", ".curlrc", ".wgetrc", ".env", ".pyload/config", ".config/aria2/aria2.conf", ".aria2/aria2.conf", ".gitconfig", ".docker/config.json", ".config/Code/User/settings.json"];

    /// <summary>What shells and interpreters remember of what was typed.</summary>
    public static IEnumerable<string> HistoriesIn(string home, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return There(home, Histories, variable("HISTFILE"));
    }

    /// <summary>What shells run at their start, so that what is exported there is in every program's environment.</summary>
    public static IEnumerable<string> StartsIn(string home) => There(home, Starts, null);

    /// <summary>Settings of programs that hold keys, and of the user's services.</summary>
    public static IEnumerable<string> SettingsIn(string home, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string[] folders = [".config/environment.d", ".config/systemd/user", ".config/fichier"];
        var inFolders = folders.Select(f => Path.Combine(home, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }));
        return There(home, Settings, variable("RCLONE_CONFIG")).Concat(inFolders.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> There(string home, IEnumerable<string> names, string? besides) =>
        names.Select(n => Path.Combine(home, n)).Append(besides).OfType<string>().Where(File.Exists).Distinct(StringComparer.Ordinal);
}
