using System.ComponentModel;
using System.Diagnostics;

namespace OneFichier.Server.Backup;

/// <summary>The restic of this machine.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Version">Its version, which is recent enough.</param>
public sealed record ResticProgram(string Path, ResticVersion Version)
{
    private const string Install = "Install it (Debian, Ubuntu: apt install restic; macOS: brew install restic; all: https://github.com/restic/restic/releases), or say where it is: --restic PATH";

    /// <summary>Finds restic and asks for its version.</summary>
    /// <param name="named">A path, or the name of a program in the search path; default <c>restic</c>.</param>
    /// <param name="searchPath">The folders where programs are looked for, as <c>PATH</c> has them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FichierException">There is none, it cannot be run, or it is too old.</exception>
    public static async Task<ResticProgram> FindAsync(string? named, string? searchPath, CancellationToken cancellationToken = default)
    {
        var name = named is { Length: > 0 } ? named : "restic";
        var path = Locate(name, searchPath)
            ?? throw Unusable(named is { Length: > 0 } ? $"There is no restic at '{named}'." : "Backups are made by restic, which is not installed here.");
        var answer = await AskAsync(path, cancellationToken);
        var version = ResticVersion.Parse(answer) ?? throw Unusable($"'{path}' is no restic.");
        return version.IsEnough ? new ResticProgram(path, version) : throw Unusable($"'{path}' is restic {version}; backups need {ResticVersion.Least} or later.");
    }

    private static string? Locate(string name, string? searchPath)
    {
        if (name.Contains(System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return File.Exists(name) ? System.IO.Path.GetFullPath(name) : null;

        string[] names = OperatingSystem.IsWindows() ? [name, name + ".exe"] : [name];
        return (searchPath ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(n => System.IO.Path.Combine(folder, n)))
            .FirstOrDefault(File.Exists);
    }

    private static async Task<string> AskAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["version"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return texts[0];
        }
        catch (Win32Exception e)
        {
            throw Unusable($"'{path}' cannot be run: {e.Message}", e);
        }
    }

    private static FichierException Unusable(string message, Exception? cause = null) => new(message, cause) { Remedy = Install };
}
