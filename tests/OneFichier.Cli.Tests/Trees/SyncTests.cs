using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests.Trees;

public sealed class SyncTests
{
    [Fact]
    public async Task A_tree_becomes_like_another_and_what_a_filter_leaves_out_stays()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/gone.txt", "gone"u8);
        desk.Control.AddFile("data/old/gone.txt", "gone"u8);
        desk.Control.AddFile("data/kept.log", "kept"u8);
        desk.Control.AddFile("data/a.txt", "another"u8);
        desk.File("src/a.txt", "one");
        desk.File("src/b.log", "not sent");
        var outcome = (await desk.RunAsync("sync", "--json", "--exclude", "*.log", "src", "1f:data")).Done();
        Assert.Equal(["data/a.txt", "data/kept.log"], desk.Stored());
        Assert.Equal("one", desk.Content("data/a.txt"));
        Assert.Equal(["gone.txt", "old", "old/gone.txt"], outcome.Paths("removed"));
        Assert.Equal((1, 3), (outcome.Sum("transferred"), outcome.Sum("removed")));

        (await desk.RunAsync("sync", "--delete-before", "src", "1f:data")).Done();
        Assert.Equal(["data/a.txt", "data/b.log"], desk.Stored());
        Assert.Equal(2, (await desk.RunAsync("sync", "--delete-before", "--delete-after", "src", "1f:data")).Code);
    }

    [Fact]
    public async Task Nothing_changed_costs_nothing_from_a_fresh_index_and_a_listing_a_folder_otherwise()
    {
        await using var desk = await Desk.WithSandboxAsync();
        for (var n = 0; n < 12; n++)
            desk.File($"src/f{n % 4}/{n}.txt", $"{n}");

        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        desk.Control.ResetLog();
        Assert.Equal(12, (await desk.RunAsync("sync", "--json", "src", "1f:data")).Done().Sum("unchanged"));
        Assert.Equal(0, desk.Control.Counters.Api);
        Assert.Equal(12, (await desk.Elsewhere().RunAsync("sync", "--json", "--refresh", "src", "1f:data")).Done().Sum("unchanged"));
        Assert.InRange(desk.Control.Counters.Api, 5, 5 + 2);
    }

    [Fact]
    public async Task A_file_whose_time_alone_changed_is_not_sent_again()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var file = desk.File("src/a.txt", "one");
        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        File.SetLastWriteTimeUtc(file, new DateTime(2021, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        desk.Control.ResetLog();
        var outcome = (await desk.RunAsync("sync", "--json", "src", "1f:data")).Done();
        Assert.Equal(["a.txt"], outcome.Paths("timeSet"));
        Assert.Equal((0, 0), (desk.Control.Counters.Api, desk.Control.Counters.Node));
        Assert.Contains("2021-02-03 04:05:06 a.txt", (await desk.RunAsync("ls", "-l", "1f:data")).Done().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_removals_than_allowed_end_with_7_and_none_is_made()
    {
        await using var desk = await Desk.WithSandboxAsync();
        foreach (var name in (string[])["a", "b", "c"])
            desk.Control.AddFile($"data/{name}", "x"u8);

        desk.File("src/new.txt");
        Assert.Equal(7, (await desk.RunAsync("sync", "-n", "--max-delete", "2", "src", "1f:data")).Code);
        var outcome = await desk.RunAsync("sync", "--max-delete", "2", "src", "1f:data");
        Assert.Equal(7, outcome.Code);
        Assert.Contains("1f:data: 3 files would be removed, more than --max-delete 2 allows", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["data/a", "data/b", "data/c", "data/new.txt"], desk.Stored());
        (await desk.RunAsync("sync", "--max-delete", "3", "src", "1f:data")).Done();
        Assert.Equal(["data/new.txt"], desk.Stored());
    }

    [Fact]
    public async Task What_would_go_is_put_into_the_backup_folder_of_an_account()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/sub/gone.txt", "gone"u8);
        desk.Control.AddFile("data/a.txt", "before"u8);
        desk.File("src/a.txt", "after");
        var outcome = (await desk.RunAsync("sync", "--json", "--backup-dir", "1f:old/today", "src", "1f:data")).Done();
        Assert.Equal(["a.txt", "sub/gone.txt"], outcome.Paths("backedUp"));
        Assert.Equal(["data/a.txt", "old/today/a.txt", "old/today/sub/gone.txt"], desk.Stored());
        Assert.Equal("before", desk.Content("old/today/a.txt"));
        Assert.Equal((1, 0), (desk.Asked("upload.cgi"), desk.Control.Counters.Download));
        foreach (var elsewhere in (string[])["1f:data/old", "bak"])
            Assert.Equal(2, (await desk.RunAsync("sync", "--backup-dir", elsewhere, "src", "1f:data")).Code);
    }

    [Fact]
    public async Task What_would_go_is_put_into_the_backup_folder_of_a_disk_under_the_name_asked_for()
    {
        await using var desk = Desk.Alone();
        desk.File("src/a.txt", "afterwards");
        desk.File("dst/a.txt", "before");
        desk.File("dst/gone.txt", "gone");
        (await desk.RunAsync("sync", "--backup-dir", "bak", "--suffix", ".1", "src", "dst")).Done();
        Assert.Equal(["a.txt.1", "gone.txt.1"], desk.OnDisk("bak"));
        Assert.Equal(["a.txt"], desk.OnDisk("dst"));
        desk.File("src/a.txt", "once more");
        (await desk.RunAsync("copy", "--suffix", ".old", "src", "dst")).Done();
        Assert.Equal(("once more", "afterwards"), (desk.Read("dst/a.txt"), desk.Read("dst/a.txt.old")));
    }

    [Fact]
    public async Task What_was_renamed_is_moved_and_not_sent()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.BigFile("src/a.bin", 50_000, 1);
        desk.BigFile("src/b.bin", 60_000, 2);
        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        Directory.CreateDirectory(Path.Combine(desk.Home, "src/sub"));
        File.Move(Path.Combine(desk.Home, "src/a.bin"), Path.Combine(desk.Home, "src/sub/c.bin"));
        File.Move(Path.Combine(desk.Home, "src/b.bin"), Path.Combine(desk.Home, "src/d.bin"));
        desk.Control.ResetLog();
        var outcome = (await desk.RunAsync("sync", "--json", "--track-renames", "src", "1f:data")).Done();
        Assert.Equal((2, 0, 0), (outcome.Sum("renamed"), outcome.Sum("bytes"), desk.Control.Counters.Node));
        Assert.Equal(["data/d.bin", "data/sub/c.bin"], desk.Stored());
        Assert.InRange(desk.Control.Counters.Api, 1, 5);
    }

    [Fact]
    public async Task Times_in_descriptions_are_read_by_another_machine()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var time = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(desk.File("src/a.txt", "one"), time);
        (await desk.RunAsync("sync", "--times", "description", "src", "1f:data")).Done();
        Assert.Equal("mtime=2020-01-02T03:04:05.0000000Z", desk.Control.Tree().Files.Single().Description);
        (await desk.Elsewhere().RunAsync("copy", "--times", "description", "1f:data", "back")).Done();
        Assert.Equal(time, File.GetLastWriteTimeUtc(Path.Combine(desk.Home, "back/a.txt")));
        Assert.Equal(1, (await desk.Elsewhere().RunAsync("sync", "--json", "src", "1f:data")).Done().Sum("unchanged"));
    }

    [Fact]
    public async Task A_failed_listing_empties_nothing()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/a.txt", "a"u8);
        desk.Control.AddFile("data/sub/b.txt", "b"u8);
        desk.File("dst/a.txt", "a");
        desk.File("dst/sub/b.txt", "b");
        desk.Control.Faults = FaultPlan.Parse("seed=1,folder/ls:error=1");
        var outcome = await desk.RunAsync("sync", "--max-wait", "1s", "1f:data", "dst");
        Assert.NotEqual(0, outcome.Code);
        Assert.Equal(["a.txt", "sub/b.txt"], desk.OnDisk("dst"));
        desk.Control.Faults = FaultPlan.None;
        (await desk.Elsewhere().RunAsync("sync", "1f:data", "dst")).Done();
    }

    [Fact]
    public async Task A_file_that_fails_stops_neither_the_others_nor_is_anything_removed_then()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("data/gone.txt", "gone"u8);
        desk.Control.AddFile("data/clash/inner", "x"u8);
        desk.File("src/clash", "a file where a folder is");
        desk.File("src/good.txt", "good");
        var outcome = await desk.RunAsync("copy", "--json", "src", "1f:data");
        Assert.Equal(6, outcome.Code);
        Assert.Equal(["clash"], outcome.Paths("failed"));
        Assert.Equal(["data/clash/inner", "data/gone.txt", "data/good.txt"], desk.Stored());
        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        Assert.Equal(["data/clash", "data/good.txt"], desk.Stored());
    }

    [Fact]
    public async Task Under_the_documented_limits_no_lock_is_met()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        for (var n = 0; n < 20; n++)
            desk.File($"src/f{n % 3}/{n}.txt", $"{n}");

        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        (await desk.RunAsync("check", "src", "1f:data")).Done();
        Directory.Delete(Path.Combine(desk.Home, "src/f0"), recursive: true);
        (await desk.RunAsync("sync", "src", "1f:data")).Done();
        Assert.Equal((0, 0), (desk.Control.Counters.Floods, desk.Control.Counters.SentTwice));
        Assert.Equal(13, desk.Stored().Length);
    }
}
