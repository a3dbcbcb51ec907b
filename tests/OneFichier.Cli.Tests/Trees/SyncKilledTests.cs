using OneFichier.Testing.Kills;

namespace OneFichier.Cli.Tests.Trees;

/// <summary>Whenever a sync is killed and whatever goes wrong in it, one more run is all it takes: nothing is missing, twice, half or left behind, and nothing that had arrived is sent again.</summary>
public sealed class SyncKilledTests(ITestOutputHelper output)
{
    private const int Runs = 24;
    private const int Lanes = 4;

    [Fact]
    public async Task After_a_run_that_was_killed_one_clean_run_makes_both_trees_the_same()
    {
        var seed = Seeds.Next();
        output.WriteLine($"FICHIER_TEST_SEED={seed}");

        var tally = await KilledRuns.RunAsync(seed, Runs, Programs.Fichier, Lanes);

        Assert.True(tally.Failures.Count == 0, string.Join("\n\n", tally.Failures));
        Assert.Equal(Runs, tally["runs"]);
        Assert.True(tally["killed while running"] > Runs / 4, $"seed {seed}: only {tally["killed while running"]} of {Runs} runs were killed");
    }
}
