using OneFichier.Testing;

namespace OneFichier.Mount.Tests;

/// <summary>What work on a mount costs in requests to the API.</summary>
public sealed class RequestCostTests
{
    [Fact]
    public async Task A_tree_is_walked_with_one_request_a_folder_and_then_with_none()
    {
        Mounted.SkipIfImpossible();
        var stage = await Stage.StartAsync();
        foreach (var n in Enumerable.Range(0, 2_000))
            stage.Control.AddFile($"folder-{n / 20:d3}/file-{n % 20:d2}", "content"u8);
        await using var mounted = await Mounted.OfStageAsync(stage);

        Assert.Equal("2000\n", await mounted.RunAsync("find . -type f | wc -l"));
        Assert.True(stage.Control.Counters.Api <= 101, Asked(stage));

        stage.Control.ResetLog();
        await mounted.RunAsync("find . | wc -l; ls -lR > /dev/null; ! ls folder-000/nothing 2> /dev/null; du -s . > /dev/null");
        Assert.True(stage.Control.Counters.Api == 0, Asked(stage));

        await mounted.RunAsync("until [ \"$(df -B1 --output=avail . | tail -1 | tr -d ' ')\" != 1125899906842624 ]; do sleep 0.2; done");
        Assert.Equal("user/info", Assert.Single(stage.Control.Requests).Endpoint);
    }

    [Fact]
    public async Task Moves_and_writes_of_many_small_files_are_sent_together()
    {
        Mounted.SkipIfImpossible();
        var stage = await Stage.StartAsync();
        await using var mounted = await Mounted.OfStageAsync(stage);
        await mounted.RunAsync("mkdir d; for n in $(seq 1 100); do echo $n > d/$n; done; mv d e; for n in $(seq 1 50); do mv e/$n e/m$n; done");
        await mounted.Files.DrainAsync();

        Assert.Equal(100, stage.Control.Tree().Files.Count(f => f.Path.StartsWith("e/", StringComparison.Ordinal)));
        Assert.InRange(stage.Control.Counters.Api, 1, 100);
    }

    private static string Asked(Stage stage) => string.Join('\n', stage.Control.Requests.GroupBy(r => r.Endpoint).Select(g => $"{g.Count()} {g.Key}"));
}
