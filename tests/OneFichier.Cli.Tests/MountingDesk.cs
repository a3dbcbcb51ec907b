using System.Diagnostics;
using OneFichier.Mount;

namespace OneFichier.Cli.Tests;

/// <summary>A desk with a folder to mount on. At the end nothing is mounted there and nobody serves it, whatever happened.</summary>
public sealed class MountingDesk : IAsyncDisposable
{
    private MountingDesk(Desk desk) => Desk = desk;

    public Desk Desk { get; }

    private string Point => Path.Combine(Desk.Home, "mnt");

    public static async Task<MountingDesk> WithSandboxAsync()
    {
        Assert.SkipWhen(MountHost.Obstacle() is not null, MountHost.Obstacle() ?? "");
        var desk = await Desk.WithSandboxAsync();
        Directory.CreateDirectory(Path.Combine(desk.Home, "mnt"));
        return new MountingDesk(desk);
    }

    /// <summary>Unmounts, and waits until the program in the background has sent everything and gone.</summary>
    public async Task UnmountAsync()
    {
        await Desk.ShellAsync("timeout 20 fusermount3 -u mnt");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var process in Serving())
        {
            using (process)
                await process.WaitForExitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Serving())
        {
            using (process)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }

        await Desk.ShellAsync("umount -l mnt 2> /dev/null");
        await Desk.DisposeAsync();
    }

    private List<Process> Serving() =>
        [.. Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => int.TryParse(n, out _) && Command(n).Contains(Point, StringComparison.Ordinal)).SelectMany(Running)];

    private static string Command(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<Process> Running(string process)
    {
        try
        {
            return [Process.GetProcessById(int.Parse(process))];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }
}
