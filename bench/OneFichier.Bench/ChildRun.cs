using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OneFichier.Bench;

/// <summary>What one run of a program cost.</summary>
internal sealed record Cost(double CpuSeconds, double WallSeconds, long PeakKiB);

/// <summary>Runs a program and says what the system charged it; one child at a time, or the charges mix.</summary>
internal static partial class ChildRun
{
    private const int Children = -1;

    public static Cost Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var before = ChildrenSeconds();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var peak = WatchPeak(process);
        process.WaitForExit();
        var wall = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result} {output.Result}");
        return new Cost(ChildrenSeconds() - before, wall, peak);
    }

    public static double ChildrenSeconds()
    {
        GetResourceUsage(Children, out var usage);
        return usage.UserSeconds + usage.SystemSeconds + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6;
    }

    private static long WatchPeak(Process process)
    {
        long peak = 0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, HighWater(process.Id));
        return peak;
    }

    private static long HighWater(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6, line.Length - 8).Trim());
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct ResourceUsage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
