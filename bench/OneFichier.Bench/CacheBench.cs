using System.Diagnostics;
using OneFichier.Drive;
using OneFichier.Drive.Staging;

namespace OneFichier.Bench;

/// <summary>Reading a gigabyte in order through the cache, and through a mount over it, against reading the same gigabyte from a file of the disk.</summary>
internal static class CacheBench
{
    private const int Rounds = 9;

    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("fichier-bench-").FullName;
        try
        {
            var size = args.Contains("--small") ? 64L << 20 : 1L << 30;
            var path = Path.Combine(folder, "stored", "file");
            Fill(path, size);
            using var cache = new BlockCache(new BlockCacheOptions { Folder = Path.Combine(folder, "cache"), MaxBytes = 4 * size });
            var volume = new CachedVolume(new LocalVolume(Path.GetDirectoryName(path)!), cache);
            await ThroughAsync(volume, 1 << 20);
            var rows = new List<string>();
            foreach (var piece in new[] { 128 * 1024, 1 << 20 })
            {
                var (plain, cached) = (new List<double>(), new List<double>());
                for (var round = 0; round < Rounds; round++)
                {
                    plain.Add(await TimedAsync(() => PlainAsync(path, piece)));
                    cached.Add(await TimedAsync(() => ThroughAsync(volume, piece)));
                }

                rows.Add($"| {piece / 1024} KiB | {Median(plain) / Median(cached):P0} |");
            }

            var (warm, cold) = await MountedAsync(size, folder);
            return Publish.Report("cache", $"""
                # The block cache

                ## Read through a mount

                A file of {size >> 20} MiB in the cache of `fichier mount`, read in order in pieces of 1 MiB, against a plain file of that size on the same disk. Wall time, medians of {Rounds} rounds by turns in one run.

                | what the system holds in memory | speed, of the plain file's |
                |---|---:|
                | what the last round left: both come from memory | {warm.Plain / warm.Mounted:P0} |
                | nothing: both come from the disk (`drop_caches` before each) | {cold.Plain / cold.Mounted:P0} |

                The disk of this run gives the plain file {warm.Plain / cold.Plain:P0} of the speed of memory. What the mount does besides waiting for it is work of the processor: the slower the disk, the nearer
                the second row comes to the whole.

                ## What the cache alone costs

                A file of {size >> 20} MiB, all of it in the cache, read in order by one reader; against reading a file of that size from the same disk in pieces of the same size. Both lie in the system's
                memory already, so this is what the processor has to do for them: a disk that has to be waited for makes the difference smaller. Processor seconds, medians of {Rounds} rounds by turns in one run.

                | pieces | speed, of the plain file's |
                |---|---:|
                {string.Join('\n', rows)}

                Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- cache --write`

                """, args);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The published program, mounted, with its cache on the disk; it is for root on Linux.</summary>
    private static async Task<(Pair Warm, Pair Cold)> MountedAsync(long size, string folder)
    {
        await using var bed = await Bed.MakeAsync(OneFichier.Sandbox.SandboxLimits.None);
        var environment = bed.Environment();
        environment["XDG_CACHE_HOME"] = Directory.CreateDirectory(Path.Combine(folder, "mount-cache")).FullName;
        var (plain, point) = (Path.Combine(folder, "stored", "file"), Directory.CreateDirectory(Path.Combine(folder, "mounted")).FullName);
        ChildRun.Run(bed.Fichier, ["put", plain, "1f:"], environment);
        ChildRun.Run(bed.Fichier, ["mount", "1f:", point, "--read-only", "--daemon", "--cache-size", "4G"], environment);
        try
        {
            var through = Path.Combine(point, "file");
            Read(through);
            return (ByTurns(plain, through, cold: false), ByTurns(plain, through, cold: true));
        }
        finally
        {
            ChildRun.Run("fusermount3", ["-u", point]);
        }
    }

    private static Pair ByTurns(string plain, string through, bool cold)
    {
        var (plainly, mounted) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (path, times) in ((string, List<double>)[])[(plain, plainly), (through, mounted)])
            {
                if (cold)
                    ChildRun.Run("sh", ["-c", "sync; echo 3 >/proc/sys/vm/drop_caches"]);
                times.Add(Read(path));
            }
        }

        return new Pair(Median(plainly), Median(mounted));
    }

    private static double Read(string path)
    {
        var (buffer, begun) = (new byte[1 << 20], Stopwatch.GetTimestamp());
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        while (file.Read(buffer) > 0)
            continue;
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static void Fill(string path, long size)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var (random, buffer) = (new Random(1), new byte[1 << 20]);
        using var file = File.Create(path);
        for (var at = 0L; at < size; at += buffer.Length)
        {
            random.NextBytes(buffer);
            file.Write(buffer);
        }
    }

    private static async Task PlainAsync(string path, int piece)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        await DrainAsync(file, piece);
    }

    private static async Task ThroughAsync(CachedVolume volume, int piece)
    {
        await using var file = await volume.OpenAsync(VolumePath.Parse("file"));
        await DrainAsync(file, piece);
    }

    private static async Task DrainAsync(Stream stream, int piece)
    {
        var buffer = new byte[piece];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }

    private static async Task<double> TimedAsync(Func<Task> work)
    {
        var begun = Environment.CpuUsage.TotalTime;
        await work();
        return (Environment.CpuUsage.TotalTime - begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Seconds.</summary>
    private sealed record Pair(double Plain, double Mounted);
}
