using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>A small tree backed up by restic, through <c>fichier backup</c> and through rclone's remote for the service, each on a sandbox of its own: requests.</summary>
internal static class BackupBench
{
    private const int Files = 200;
    private const int Seed = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        await using var ours = await Bed.MakeAsync(SandboxLimits.None);
        await using var theirs = await Bed.MakeAsync(SandboxLimits.None);
        var (fichier, rclone) = (new Side(ours, Fichier(ours)), new Side(theirs, Rclone(theirs)));
        var rows = new List<string>();
        foreach (var (work, name) in ((string, string)[])[("init", "make the repository"), ("first", $"back up {Files} files, 40 MiB"), ("again", "again, nothing new"), ("again", "again, one file changed"), ("list", "list the snapshots"), ("check", "check the structure"), ("restore", "restore everything"), ("forget", "keep the last one, and prune")])
        {
            foreach (var side in (Side[])[fichier, rclone])
            {
                if (name.EndsWith("changed", StringComparison.Ordinal))
                    File.AppendAllText(Path.Combine(side.Tree, "7"), "changed");
                side.Do(work);
            }

            rows.Add($"| {name} | {fichier.Last.Api} | {rclone.Last.Api} | {fichier.Last.Node + fichier.Last.Download} | {rclone.Last.Node + rclone.Last.Download} |");
        }

        return Publish.Report("backup", Report(rows, fichier, rclone), args);
    }

    private static string Report(List<string> rows, Side fichier, Side rclone) => $"""
        # A small backup: `fichier backup` and restic over rclone

        The same restic (packs of 64 MiB) on the same tree: driven by `fichier backup`, and with `-r rclone:f:…` over rclone's own remote for the service; each on a sandbox of its own without limits.
        Requests to the API host are the scarce ones; those to upload nodes and for downloads are free of the limits.

        | work | fichier: API | rclone: API | fichier: nodes and downloads | rclone: nodes and downloads |
        |---|---:|---:|---:|---:|
        {string.Join('\n', rows)}
        | all of it | {fichier.Api} | {rclone.Api} | | |

        rclone asks {(double)rclone.Api / fichier.Api:F1} times as often in all. At three requests a second, which the service allows, its requests alone take {rclone.Api / 3} s, and fichier's {fichier.Api / 3} s.

        Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- backup --write`

        """;

    private static Func<string, string, (string, string[])> Fichier(Bed bed) => (work, tree) => (bed.Fichier, ["backup", .. work switch
    {
        "init" => (string[])["init", "bench", "1f:backups/bench", "--source", tree],
        "list" => ["snapshots", "bench"],
        "check" => ["check", "bench", "--sample", "0"],
        "restore" => ["restore", "bench", "--to", bed.Scratch("back")],
        "forget" => ["forget", "bench", "--keep-last", "1", "--prune", "--yes"],
        _ => ["run", "bench"],
    }]);

    private static Func<string, string, (string, string[])> Rclone(Bed bed) => (work, tree) => ("restic", ["-r", "rclone:f:backups/bench", "--pack-size", "64", .. work switch
    {
        "init" => (string[])["init"],
        "list" => ["snapshots", "--no-lock"],
        "check" => ["check"],
        "restore" => ["restore", "latest", "--target", bed.Scratch("back"), "--no-lock"],
        "forget" => ["forget", "--keep-last", "1", "--prune"],
        _ => ["backup", tree],
    }]);

    private sealed class Side
    {
        private readonly Bed _bed;
        private readonly Func<string, string, (string Program, string[] Arguments)> _command;

        public Side(Bed bed, Func<string, string, (string, string[])> command)
        {
            (_bed, _command, Tree) = (bed, command, bed.Scratch("tree"));
            var random = new Random(Seed);
            for (var n = 0; n < Files; n++)
            {
                var content = new byte[200 << 10];
                random.NextBytes(content);
                File.WriteAllBytes(Path.Combine(Tree, $"{n}"), content);
            }
        }

        public string Tree { get; }

        public RequestCounters Last { get; private set; } = null!;

        public long Api { get; private set; }

        public void Do(string work)
        {
            var environment = _bed.Environment();
            environment["RESTIC_PASSWORD"] = "bench";
            environment["RESTIC_CACHE_DIR"] = Path.Combine(_bed.Folder, "restic");
            var (program, arguments) = _command(work, Tree);
            _bed.Sandbox.Control.ResetLog();
            ChildRun.Run(program, arguments, environment);
            Last = _bed.Sandbox.Control.Counters;
            Api += Last.Api;
        }
    }
}
