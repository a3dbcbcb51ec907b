namespace OneFichier.Server.Leaks;

/// <summary>The hook that looks at what is to be committed.</summary>
public static class CommitHook
{
    private const string Mark = "# fichier key scan: no key of 1fichier is committed";

    /// <summary>The line a hook of one's own needs.</summary>
    public const string Line = "fichier key scan --staged || exit 1";

    /// <summary>Where the hook of a repository is or would be; in a worktree, and with <c>core.hooksPath</c>, where git looks for it.</summary>
    public static async Task<string> PathAsync(string folder, CancellationToken cancellationToken)
    {
        var git = new GitProgram(folder, asHook: false);
        var path = (await git.AskAsync(["rev-parse", "--git-path", "hooks/pre-commit"], cancellationToken)).Trim();
        return Path.GetFullPath(path, Path.GetFullPath(folder));
    }

    /// <summary>Puts the hook in its place. One that is there already and another's is left as it is.</summary>
    /// <param name="path">Where.</param>
    /// <param name="program">How this program is started where it is on no path.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Whether it is there now.</returns>
    public static async Task<bool> InstallAsync(string path, string program, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && !(await File.ReadAllTextAsync(path, cancellationToken)).Contains(Mark, StringComparison.Ordinal))
            return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = $$"""
            #!/bin/sh
            {{Mark}}
            if command -v fichier >/dev/null 2>&1; then
                exec fichier key scan --staged
            elif [ -x '{{program.Replace("'", "'\\''", StringComparison.Ordinal)}}' ]; then
                exec '{{program.Replace("'", "'\\''", StringComparison.Ordinal)}}' key scan --staged
            fi
            echo 'fichier is not here, so what is committed is not looked through for keys' >&2

            """;
        await File.WriteAllTextAsync(path, text, cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return true;
    }
}
