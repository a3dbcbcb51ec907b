using OneFichier.Cli.Tests.Trees;
using OneFichier.Testing;
using OneFichier.Testing.Kills;

namespace OneFichier.Cli.Tests.Migration;

/// <summary>Several machines carry a migration out together; whoever dies, every file arrives once.</summary>
public sealed class MigrationKilledTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_machines_one_of_which_is_killed_again_and_again_move_every_file_once()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var seed = Seeds.Next();
        output.WriteLine($"FICHIER_TEST_SEED={seed}");
        var kills = new MigrationKills(Programs.Fichier, await PostgresServer.NewDatabaseAsync(), seed) { Files = 160, FilesInFolder = 10, Slice = 5, Kills = 3, SessionsBetween = 3 };

        var tally = await kills.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(tally.Failures.Count == 0, string.Join("\n\n", tally.Failures));
        Assert.Equal(160, tally["proven"]);
        Assert.True(tally["kills"] > 0, "nobody was killed");
    }
}
