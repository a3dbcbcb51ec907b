using System.Diagnostics;
using OneFichier.Hashing;
using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>A check of many files by Whirlpool, beside what this machine needs at the least: reading them, and reading and hashing them on all cores.</summary>
internal static class CheckBench
{
    private const int Folders = 100;
    private const int FilesInAFolder = 100;
    private const int FileSize = 256 << 10;
    private const int Turns = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        await using var bed = await Bed.MakeAsync(SandboxLimits.None);
        foreach (var folder in Enumerable.Range(0, Folders))
        {
            bed.Scratch(Path.Combine("many", $"folder {folder}"));
            foreach (var file in Enumerable.Range(0, FilesInAFolder))
                bed.RandomFile(Path.Combine("many", $"folder {folder}", $"file {file}.bin"), FileSize + file);
        }

        var tree = bed.Scratch("many");
        ChildRun.Run(bed.Fichier, ["sync", tree, "1f:many"], bed.Environment());
        var files = Directory.GetFiles(tree, "*", SearchOption.AllDirectories);
        var (read, hash, check) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            read = Math.Min(read, Wall(files, _ => { }));
            hash = Math.Min(hash, Wall(files, content => Whirlpool.HashData(content)));
            Forget(bed);
            check = Math.Min(check, ChildRun.Run(bed.Fichier, ["check", tree, "1f:many"], bed.Environment()).WallSeconds);
        }

        ChildRun.Run(bed.Fichier, ["check", "--remembered", tree, "1f:many"], bed.Environment());
        var before = bed.Sandbox.Control.Counters.Api;
        var again = ChildRun.Run(bed.Fichier, ["check", "--remembered", tree, "1f:many"], bed.Environment()).WallSeconds;
        return Publish.Report("check", $"""
            # A check of 10,000 files by Whirlpool

            `fichier check` of {files.Length:N0} local files of {FileSize >> 10} KiB in {Folders} folders against the account, from a fresh index, beside a bare loop over the
            same files on {Environment.ProcessorCount} cores. The files lie in memory, so the hash is what limits. Best of {Turns}, in turns.

            | work | wall time, times that of the check |
            |---|---:|
            | reading the files on all cores | {read / check:F2} |
            | reading and hashing them on all cores | {hash / check:F2} |
            | the check with `--remembered`, all checksums remembered | {again / check:F2} |

            Requests of the last check: {bed.Sandbox.Control.Counters.Api - before}.

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- check --write`

            """, args);
    }

    private static double Wall(string[] files, Action<ReadOnlySpan<byte>> use)
    {
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, () => new byte[FileSize * 2], (path, _, buffer) =>
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            use(buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0)));
            return buffer;
        }, _ => { });
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Drops the checksums of local files that are remembered.</summary>
    private static void Forget(Bed bed)
    {
        foreach (var kept in Directory.EnumerateFiles(Path.Combine(bed.Folder, "state"), "hashes.db*", SearchOption.AllDirectories))
            File.Delete(kept);
    }
}
