using OneFichier.Sandbox;
using OneFichier.Testing;
using OneFichier.Testing.Kills;

namespace OneFichier.Bench;

/// <summary>Three machines that move two thousand files in together while one of them is killed every few seconds. Nothing but counts.</summary>
internal static class MigrateKillsBench
{
    private const int Files = 2000;
    private const int Slice = 25;
    private const int FilesInFolder = 100;
    private const int Folders = Files / FilesInFolder;
    private const int Kills = 12;
    private const int SecondsBetween = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        if (PostgresServer.Obstacle() is { } obstacle)
        {
            Console.Error.WriteLine($"migrate-kills needs a PostgreSQL server: {obstacle}");
            return 1;
        }

        var seed = Seeds.Next();
        Console.Error.WriteLine($"FICHIER_TEST_SEED={seed}");
        var kills = new MigrationKills(Command(args), await PostgresServer.NewDatabaseAsync(), seed)
        {
            Files = Files,
            FilesInFolder = FilesInFolder,
            Slice = Slice,
            Kills = Kills,
            Between = TimeSpan.FromSeconds(SecondsBetween),
            Limits = SandboxLimits.Documented,
            Progress = Console.Error.WriteLine,
        };
        var tally = await kills.RunAsync();
        foreach (var failure in tally.Failures)
            Console.Error.WriteLine(failure);

        Publish.Report("migrate-kills", $"""
            # A migration by three machines, one of which is killed every few seconds

            {Files} small files, half on a disk and half behind addresses, are moved into an account by three runs of `fichier migrate run` with homes of their own, on one PostgreSQL database, against the sandbox under
            `documented` limits. Every {SecondsBetween} seconds, and not before two more upload sessions, one of the three is killed (SIGKILL) and started again, {Kills} times at most. The plan cuts the files into slices of {Slice}.
            Afterwards the account is compared with what was to come, by path and Whirlpool. Seed {seed}.

            | | |
            |---|---:|
            | files | {tally["files"]} |
            | kills | {tally["kills"]} |
            | missing | {tally["missing"]} |
            | twice | {tally["twice"]} |
            | with another content, or nobody's | {tally["other"]} |
            | proven by size and Whirlpool, as the report says | {tally["proven"]} |
            | breaches of the limits, by all together | {tally["floods"]} |
            | requests to the API | {tally["api requests"]} |
            | the fewest possible if nobody were killed: new folders, sessions, and a listing of each folder as proof | {1 + 2 * Folders + Files / Slice} |
            | upload sessions | {tally["sessions"]} |

            | endpoint | requests |
            |---|---:|
            {tally.Rows("endpoint: ")}

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- migrate-kills --write`; with `FICHIER_TEST_SEED={seed}` the victims are chosen alike.

            """, args);
        return tally.Failures.Count == 0 ? 0 : 1;
    }

    /// <summary>The program as it is released; with <c>--program 'dotnet exec fichier.dll'</c> one that is built already.</summary>
    private static IReadOnlyList<string> Command(string[] args) =>
        args.SkipWhile(a => a != "--program").ElementAtOrDefault(1) is { } built ? built.Split(' ') : [Publish.Program()];
}
