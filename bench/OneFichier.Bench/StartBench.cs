namespace OneFichier.Bench;

/// <summary>How long the programs take to say their version, in turns.</summary>
internal static class StartBench
{
    private const int Rounds = 41;

    public static int Run(string[] args)
    {
        var fichier = Publish.Program();
        var (ours, theirs) = (new List<Cost>(), new List<Cost>());
        ChildRun.Run(fichier, ["version"]);
        ChildRun.Run("rclone", ["version"]);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(ChildRun.Run(fichier, ["version"]));
            theirs.Add(ChildRun.Run("rclone", ["version"]));
        }

        return Publish.Report("start", $"""
            # Start

            `version` of the released program (one file, trimmed, ReadyToRun) and of rclone, {Rounds} times in turns, medians.

            | | of rclone's time | of rclone's processor time |
            |---|---:|---:|
            | fichier version | {Median(ours, c => c.WallSeconds) / Median(theirs, c => c.WallSeconds):F2} | {Median(ours, c => c.CpuSeconds) / Median(theirs, c => c.CpuSeconds):F2} |

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- start --write`

            """, args);
    }

    private static double Median(List<Cost> runs, Func<Cost, double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);
}
