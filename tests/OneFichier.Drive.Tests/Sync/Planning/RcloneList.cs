using System.Diagnostics;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>The rclone of this machine, asked what a filter lets through of a folder on disk.</summary>
internal static class RcloneList
{
    public static bool Installed { get; } = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(d => File.Exists(Path.Combine(d, "rclone")));

    /// <summary>The files and, with a slash at their ends, the folders; <see langword="null"/> when rclone refuses the flags.</summary>
    public static async Task<SortedSet<string>?> ListAsync(string folder, IEnumerable<string> flags)
    {
        var start = new ProcessStartInfo("rclone", ["lsf", "-R", "--config", "/dev/null", .. flags, folder]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var rclone = Process.Start(start)!;
        var errors = rclone.StandardError.ReadToEndAsync();
        var lines = await rclone.StandardOutput.ReadToEndAsync();
        await Task.WhenAll(errors, rclone.WaitForExitAsync());
        return rclone.ExitCode == 0 ? new(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal) : null;
    }
}
