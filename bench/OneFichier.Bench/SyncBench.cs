using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>What a person does with trees every day, by <c>fichier sync</c> and by rclone, on the same sandbox with the same limits: requests and wall time.</summary>
internal static class SyncBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var rows = new List<string>();
        await using (var ours = await Side.OursAsync(SandboxLimits.Rps))
        await using (var polite = await Side.OursAsync(SandboxLimits.Documented))
        await using (var theirs = await Side.RcloneAsync())
        {
            var sides = new[] { ours, polite, theirs };
            foreach (var side in sides)
                side.Tree("small", folders: 10, files: 20);

            rows.AddRange(Rows(
                sides,
                new Work("first copy of 200 × 10 KB in 10 folders", s => s.Sync("small")),
                new Work("the same again", s => s.Sync("small")),
                new Work("the same again, every folder asked for anew (`--refresh`)", s => s.Sync("small", refresh: true)) { Prepare = s => s.Bed.Sandbox.Control.Advance(TimeSpan.FromMinutes(1)) },
                new Work("one file changed", s => s.Sync("small")) { Prepare = s => s.Bed.RandomFile(Path.Combine("small", "folder 3", "file 7.bin"), 12_345) }));
        }

        rows.AddRange(await ListingAsync());
        rows.Add(await ManyAsync());
        return Publish.Report("sync", $"""
            # Trees: `fichier sync` and rclone

            Each scenario on a sandbox of its own for each program; requests are those to the API host. Wall time is compared under the limit `rps` (three requests a
            second), which rclone survives; the third column is fichier under the `documented` limits. 10,000 files: fichier whole, rclone by a slice of 40 files in
            2 folders, per file.

            | work | fichier: requests | under `documented` | refusals there | rclone: requests | rclone's wall time, times fichier's |
            |---|---:|---:|---:|---:|---:|
            {string.Join('\n', rows)}

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- sync --write`

            """, args);
    }

    private static async Task<IEnumerable<string>> ListingAsync()
    {
        await using var ours = await Side.OursAsync(SandboxLimits.Rps);
        await using var polite = await Side.OursAsync(SandboxLimits.Documented);
        await using var theirs = await Side.RcloneAsync();
        var sides = new[] { ours, polite, theirs };
        foreach (var side in sides)
            side.Bed.Sandbox.Control.Seed(new SandboxSeed { Into = "", Folders = 100, Files = 2000, FileSize = 100 });

        return Rows(sides, new Work("`ls -R` of 100 × 20, cold", s => s.List()), new Work("`ls -R` of 100 × 20, again", s => s.List()));
    }

    private static async Task<string> ManyAsync()
    {
        await using var ours = await Side.OursAsync(SandboxLimits.Rps);
        await using var polite = await Side.OursAsync(SandboxLimits.Documented);
        await using var theirs = await Side.RcloneAsync();
        ours.Tree("many", folders: 100, files: 100);
        polite.Tree("many", folders: 100, files: 100);
        theirs.Tree("many", folders: 2, files: 20);
        var many = new Work("", s => s.Sync("many"));
        var (whole, documented, slice) = (ours.Measure(many), polite.Measure(many), theirs.Measure(many));
        var ratio = slice.Cost.WallSeconds / 40 / (whole.Cost.WallSeconds / 10_000);
        return $"| first copy of 10,000 × 10 KB in 100 folders | {whole.Requests} | {documented.Requests} | {documented.Floods} | {slice.Requests} for 40 | {ratio:F1} per file |";
    }

    /// <summary>Each side does all the works, one after the other, so that nobody's memory of the account ages while another is at work.</summary>
    private static IEnumerable<string> Rows(Side[] sides, params Work[] works)
    {
        var figures = sides.Select(side => works.Select(side.Measure).ToList()).ToList();
        return works.Select((work, n) =>
        {
            var (ours, polite, theirs) = (figures[0][n], figures[1][n], figures[2][n]);
            return $"| {work.Name} | {ours.Requests} | {polite.Requests} | {polite.Floods} | {theirs.Requests} | {theirs.Cost.WallSeconds / ours.Cost.WallSeconds:F1} |";
        });
    }

    private sealed record Work(string Name, Func<Side, Cost> Run)
    {
        public Action<Side>? Prepare { get; init; }
    }

    private sealed record Figures(long Requests, long Floods, Cost Cost);

    /// <summary>One program with a sandbox of its own.</summary>
    private sealed class Side(Bed bed, bool isRclone) : IAsyncDisposable
    {
        public Bed Bed => bed;

        public static async Task<Side> OursAsync(SandboxLimits limits) => new(await Bed.MakeAsync(limits), isRclone: false);

        public static async Task<Side> RcloneAsync() => new(await Bed.MakeAsync(SandboxLimits.Rps), isRclone: true);

        public void Tree(string name, int folders, int files)
        {
            for (var folder = 0; folder < folders; folder++)
            {
                bed.Scratch(Path.Combine(name, $"folder {folder}"));
                for (var file = 0; file < files; file++)
                    bed.RandomFile(Path.Combine(name, $"folder {folder}", $"file {file}.bin"), 10_000 + (folder * files) + file);
            }
        }

        public Cost Sync(string tree, bool refresh = false) => isRclone
            ? Run("rclone", "sync", bed.Scratch(tree), $"f:{tree}")
            : Run(bed.Fichier, ["sync", bed.Scratch(tree), $"1f:{tree}", .. refresh ? (string[])["--refresh"] : []]);

        public Cost List() => isRclone ? Run("rclone", "lsf", "-R", "f:") : Run(bed.Fichier, "ls", "-R", "1f:");

        public Figures Measure(Work work)
        {
            work.Prepare?.Invoke(this);
            var before = bed.Sandbox.Control.Counters;
            var (requests, floods) = (before.Api, before.Floods);
            var cost = work.Run(this);
            return new Figures(bed.Sandbox.Control.Counters.Api - requests, bed.Sandbox.Control.Counters.Floods - floods, cost);
        }

        public ValueTask DisposeAsync() => bed.DisposeAsync();

        private Cost Run(string program, params string[] arguments) => ChildRun.Run(program, arguments, bed.Environment());
    }
}
