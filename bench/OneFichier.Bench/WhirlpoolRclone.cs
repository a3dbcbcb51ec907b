using System.ComponentModel;
using System.Diagnostics;

namespace OneFichier.Bench;

/// <summary>The rclone program, hashing a file held in memory; timed by what the system says the child spent.</summary>
internal static class WhirlpoolRclone
{
    public static WhirlpoolContender Open()
    {
        try
        {
            var version = Run("version").Split('\n')[0].Trim();
            return new(version, Hash);
        }
        catch (Win32Exception error)
        {
            throw new DllNotFoundException("There is no rclone here.", error);
        }
    }

    private static (WhirlpoolHash Hash, double Seconds) Hash(byte[] content)
    {
        var path = Path.Combine("/dev/shm", $"fichier-bench-{Environment.ProcessId}");
        File.WriteAllBytes(path, content);
        try
        {
            var before = ChildRun.ChildrenSeconds();
            var line = Run("hashsum", "whirlpool", path);
            return (WhirlpoolHash.Parse(line.AsSpan(0, 2 * WhirlpoolHash.Size)), ChildRun.ChildrenSeconds() - before);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("rclone", ["--config", "", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
