using System.ComponentModel;
using System.Diagnostics;

namespace OneFichier.Governor;

internal static class RunningProcess
{
    private const int StateField = 0;
    private const int StartField = 19;

    /// <summary>Containers on one machine have process numbers of their own, and the first container of every machine has the same name: the run of the machine tells them apart.</summary>
    public static string Place { get; } = PidNamespace() is { } container ? $"{container} {MachineClock.ThisBoot}".Trim() : Environment.MachineName;

    /// <summary>When a running process started; <see langword="null"/> when there is none of that number, or only its remains.</summary>
    public static long? StartOf(int pid) => OperatingSystem.IsLinux() ? FromProc(pid) : FromSystem(pid);

    private static string? PidNamespace() =>
        OperatingSystem.IsLinux() && File.Exists("/proc/self/ns/pid") ? new FileInfo("/proc/self/ns/pid").LinkTarget : null;

    // Process.StartTime is derived from the wall clock on Linux and moves with it; the kernel's own figure does not.
    private static long? FromProc(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[StateField] is "Z" or "X" ? null : long.Parse(fields[StartField]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? FromSystem(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
