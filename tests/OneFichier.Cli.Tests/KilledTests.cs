using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

public sealed class KilledTests
{
    private const int Size = 96 << 20;

    [Fact]
    public async Task A_download_killed_at_some_point_goes_on_without_fetching_again_what_was_there()
    {
        var seed = (int)(Environment.ProcessId * 2654435761L & 0x7FFFFFFF);
        var random = new Random(seed);
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddGeneratedFile("big.bin", Size, seed: 5);
        var down = Directory.CreateDirectory(Path.Combine(desk.Home, "down")).FullName;
        var killed = 0;
        for (var round = 0; round < 3; round++)
        {
            using var victim = desk.Start("get", "1f:big.bin", down);
            var downloads = desk.Control.Counters.Download + 1 + random.Next(3);
            await Until.TrueAsync(() => desk.Control.Counters.Download >= downloads || victim.HasExited);
            if (!victim.HasExited)
            {
                victim.Kill();
                killed++;
            }

            await victim.WaitForExitAsync();
        }

        Assert.False(File.Exists(Path.Combine(down, "big.bin")) && File.Exists(Path.Combine(down, "big.bin.part")), $"seed {seed}");
        (await desk.RunAsync("get", "1f:big.bin", down)).Done();

        Assert.True(killed > 0, $"seed {seed}: nothing was killed");
        Assert.Equal(Size, new FileInfo(Path.Combine(down, "big.bin")).Length);
        var sum = (await desk.RunAsync("hashsum", "whirlpool", Path.Combine(down, "big.bin"))).Done();
        Assert.StartsWith(desk.Control.Tree().Files.Single().Checksum, sum.Out, StringComparison.OrdinalIgnoreCase);
        Assert.True(desk.Control.Counters.Endpoints["download/get_token"] <= killed + 2, $"seed {seed}");
    }

    [Fact]
    public async Task An_upload_killed_at_some_point_is_finished_by_the_next_run_with_nothing_twice_and_nothing_half()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var random = new Random(7);
        var tree = Directory.CreateDirectory(Path.Combine(desk.Home, "tree")).FullName;
        foreach (var name in (string[])["a/1", "a/2", "b/1", "b/2", "c/1"])
        {
            var content = new byte[2_000_000];
            random.NextBytes(content);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(tree, name))!);
            await File.WriteAllBytesAsync(Path.Combine(tree, name), content);
        }

        using (var victim = desk.Start("put", tree, "1f:"))
        {
            await Until.TrueAsync(() => desk.Control.Counters.Node >= 2 || victim.HasExited);
            victim.Kill();
            await victim.WaitForExitAsync();
        }

        (await desk.RunAsync("put", tree, "1f:")).Done();

        var files = desk.Control.Tree().Files;
        Assert.Equal(5, files.Count);
        Assert.All(files, f => Assert.Equal(2_000_000, f.Size));
        Assert.Equal(files.Count, files.Select(f => f.Checksum).Distinct(StringComparer.Ordinal).Count());
    }
}
