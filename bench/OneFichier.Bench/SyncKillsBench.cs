using OneFichier.Testing.Kills;

namespace OneFichier.Bench;

/// <summary>Two hundred runs of <c>fichier sync</c> that are killed or meet faults, each followed by one that is left alone. Nothing but counts: how often, where, and what was wrong afterwards.</summary>
internal static class SyncKillsBench
{
    private const int Runs = 200;
    private const int Lanes = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var seed = Seeds.Next();
        Console.Error.WriteLine($"FICHIER_TEST_SEED={seed}");
        var tally = await KilledRuns.RunAsync(seed, Runs, [Publish.Program()], Lanes);
        foreach (var failure in tally.Failures)
            Console.Error.WriteLine(failure);

        Publish.Report("sync-kills", $"""
            # Killed runs of sync

            {Runs} runs of `fichier sync` against the sandbox, most of them killed (SIGKILL) and half of them under a random plan of faults. Before each, the tree changes: files are
            added, rewritten, renamed, moved, copied and removed, empty ones, big ones and many small ones among them, folders come and go. Three in four go up, the others down. After each,
            one run is left alone; then both trees are compared by path, size and Whirlpool, the state, cache and temporary folders are looked through, and a third run must
            change nothing. Seed {seed}.

            | | |
            |---|---:|
            | runs | {tally["runs"]} |
            | killed while running | {tally["killed while running"]} |
            | ended before they were killed | {tally["ended before they were killed"]} |
            | files compared | {tally["files compared"]} |
            | files missing, too many, twice or other than they should be | {tally["differences"]} |
            | files sent again although they had arrived whole | {tally["files sent again although they had arrived whole"]} |
            | journals, temporary and spooled files left behind | {tally["leftovers"]} |
            | runs after which anything was wrong | {tally.Failures.Count} |

            | killed when the service had done this | runs |
            |---|---:|
            {tally.Rows("point: ")}

            | fault | times |
            |---|---:|
            {tally.Rows("fault: ")}

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- sync-kills --write`; with `FICHIER_TEST_SEED={seed}` the trees, the faults and the points are the same.

            """, args);
        return tally.Failures.Count == 0 ? 0 : 1;
    }
}
