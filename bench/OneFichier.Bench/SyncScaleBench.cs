using System.Diagnostics;
using OneFichier.Drive;
using OneFichier.Drive.Index;
using OneFichier.Drive.Sync;
using OneFichier.Governor;
using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>Whether the cost of planning and running a sync grows straight with the number of files: a folder of the disk into the sandbox, all in this process.</summary>
internal static class SyncScaleBench
{
    private const int FilesAFolder = 100;
    private const int FileSize = 200;

    public static async Task<int> RunAsync(string[] args)
    {
        _ = await MeasureAsync(200);
        var rows = new List<Row>();
        foreach (var files in args.Contains("--quick") ? [1_000, 10_000] : new[] { 1_000, 10_000, 100_000 })
            rows.Add(await MeasureAsync(files));
        var lines = rows.Select(r =>
            $"| {r.Files:N0} | {r.First.Requests} | {(double)r.First.Requests / r.Files:F4} | {r.Again.Requests} | {r.First.PerFile / rows[0].First.PerFile:F2} | {r.Again.PerFile / rows[0].Again.PerFile:F2} | {r.First.PeakMegabytes:F0} | {r.Again.PeakMegabytes:F0} |");
        return Publish.Report("sync-scale", $"""
            # How a sync grows

            Plan and run of `sync` from a folder of the disk into the sandbox, without limits, in one process with it: files of {FileSize} bytes, {FilesAFolder} in a folder. "Again" is the same once more with nothing
            changed, from a fresh index. Time is per file, of what it is with 1,000 files. Memory is the most the garbage collector held, beyond what it held before, the played service included.
            The machine is shared: a short run may take several times as long as another of its kind.

            | files | requests | per file | requests again | time per file | again | most memory, MB | again |
            |---:|---:|---:|---:|---:|---:|---:|---:|
            {string.Join('\n', lines)}

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- sync-scale --write`

            """, args);
    }

    private static async Task<Row> MeasureAsync(int files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"fichier-scale-{Guid.NewGuid():N}")).FullName;
        try
        {
            Fill(Path.Combine(folder, "here"), files);
            await using var service = await SandboxServer.StartAsync(new SandboxOptions { Limits = SandboxLimits.None });
            using var client = new FichierClient(new FichierOptions
            {
                Key = ApiKey.Parse(SandboxOptions.DefaultKey),
                ApiBase = service.ApiBase,
                Ledger = new MemoryLedger(new LedgerOptions { Rules = [] }),
            });
            using var index = new SqliteListingStore(Path.Combine(folder, "index.db"));
            var tree = new RemoteTree(client, index);
            var (source, destination) = (new SyncTree(new LocalVolume(Path.Combine(folder, "here"))), new SyncTree(new RemoteVolume(tree, new RemoteVolumeOptions { JournalFolder = Path.Combine(folder, "uploads") })));
            return new Row(files, await SyncAsync(source, destination, service, files), await SyncAsync(source, destination, service, 0) with { Files = files });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figures> SyncAsync(SyncTree source, SyncTree destination, SandboxServer service, int expected)
    {
        service.Control.ResetLog();
        using var memory = new PeakMemory();
        var watch = Stopwatch.StartNew();
        var wanted = new SyncOptions { Kind = SyncKind.Sync };
        var result = await new SyncRunner(source, destination, wanted).RunAsync(await new SyncPlanner(source, destination, wanted).PlanAsync());
        return result.Complete && result.TransferredFiles == expected
            ? new Figures(expected, service.Control.Counters.Api, watch.Elapsed.TotalSeconds, memory.Megabytes)
            : throw new InvalidOperationException($"{result.TransferredFiles} of {expected} files; {string.Join("; ", result.Failed.Take(3).Select(f => f.Error.Message))}");
    }

    private static void Fill(string root, int files)
    {
        var content = new byte[FileSize];
        var random = new Random(42);
        for (var i = 0; i < files; i++)
        {
            var folder = Path.Combine(root, $"{i / FilesAFolder / 100:000}", $"{i / FilesAFolder:00000}");
            if (i % FilesAFolder == 0)
                Directory.CreateDirectory(folder);
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, $"{i:000000}.bin"), content);
        }
    }

    private sealed record Row(int Files, Figures First, Figures Again);

    private sealed record Figures(int Files, long Requests, double Seconds, double PeakMegabytes)
    {
        public double PerFile => Seconds / Files;
    }

    private sealed class PeakMemory : IDisposable
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private readonly Timer _timer;
        private long _most;

        public PeakMemory() => _timer = new Timer(_ => Look(), null, 0, 20);

        public double Megabytes => Math.Max(0, Interlocked.Read(ref _most) - _before) / 1e6;

        public void Dispose() => _timer.Dispose();

        private void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: false));
    }
}
