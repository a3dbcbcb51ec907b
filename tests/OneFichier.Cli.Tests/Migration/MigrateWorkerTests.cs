using System.Globalization;
using OneFichier.Cli.Tests.Trees;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Migration;

/// <summary><c>fichier worker</c> does what was planned, also when those who began it are gone.</summary>
public sealed class MigrateWorkerTests
{
    [Fact]
    public async Task Workers_carry_out_and_prove_what_was_left_to_them_and_one_that_is_killed_loses_nothing()
    {
        Assert.SkipWhen(PostgresServer.Obstacle() is not null, PostgresServer.Obstacle() ?? "");
        var address = await PostgresServer.NewDatabaseAsync();
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_CLUSTER", address);
        foreach (var n in Enumerable.Range(0, 60))
            desk.File($"disk/{n % 6}/{n}.txt", $"file {n}\n");

        (await desk.RunAsync("migrate", "plan", "disk", "1f:in", "--slice-files", "2")).Done();
        await using (var victim = await Worker.StartAsync(desk))
        {
            (await desk.RunAsync("migrate", "run", "in", "--detach")).Done();
            await Until.TrueAsync(() => desk.Asked("upload.cgi") >= 2);
            victim.Kill();
        }

        await using var heir = await Worker.StartAsync(desk);
        await Until.TrueAsync(async () => await ProvenAsync(address) == 60);

        Assert.Equal(60, desk.Stored().Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(60, desk.Stored().Length);
        (await desk.RunAsync("migrate", "run", "in")).Done();
        Assert.Equal(0, await heir.StopAsync());
    }

    private static async Task<int> ProvenAsync(string address) =>
        int.Parse(await PostgresServer.RunAsync(address, "SELECT count(*) FROM migration_item WHERE state = 2"), CultureInfo.InvariantCulture);
}
