using OneFichier.Cli.Tests.Trees;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests.Migration;

/// <summary>How a run of a migration ends when not everything is well, and that the next one goes on from there.</summary>
public sealed class MigrateEndTests
{
    [Fact]
    public async Task A_service_that_is_not_reached_is_temporary_and_the_files_stay_to_be_done()
    {
        await using var desk = await PlannedAsync();
        desk.Control.Faults = FaultPlan.Parse("cut=1");

        var away = await desk.With("FICHIER_MAX_WAIT", "1s").RunAsync("migrate", "run");
        desk.Control.Faults = FaultPlan.None;

        Assert.True(away.Code == 5, $"{away.Code}: {away.Error}");
        (await desk.With("FICHIER_MAX_WAIT", null).RunAsync("migrate", "run")).Done();
        Assert.Equal(["in/a.txt", "in/b.txt"], desk.Stored());
    }

    [Fact]
    public async Task A_service_that_goes_away_while_files_are_sent_is_temporary_too()
    {
        await using var desk = await PlannedAsync();
        desk.Control.Faults = FaultPlan.Parse("upload/get_upload_server:busy=1");

        var away = await desk.RunAsync("migrate", "run", "--retries", "1");
        desk.Control.Faults = FaultPlan.None;

        Assert.True(away.Code == 5, $"{away.Code}: {away.Error}");
        Assert.Contains("The same command", away.Error, StringComparison.Ordinal);
        (await desk.RunAsync("migrate", "run")).Done();
        Assert.Equal(["in/a.txt", "in/b.txt"], desk.Stored());
    }

    [Fact]
    public async Task An_account_that_may_not_is_fatal_one_that_is_locked_or_whose_key_is_refused_has_its_own_code_and_nothing_is_given_up()
    {
        await using var desk = await PlannedAsync();
        desk.Control.Behaviours = desk.Control.Behaviours with { FreeMayManage = false };
        desk.Control.SetOffer(SandboxOffer.Free);
        var ended = await desk.RunAsync("migrate", "run");
        desk.Control.SetOffer(SandboxOffer.Premium);
        desk.Control.LockAccount(true);
        var locked = await desk.RunAsync("migrate", "run");
        desk.Control.LockAccount(false);
        desk.Control.DisableKey(SandboxOptions.DefaultKey);
        var refused = await desk.RunAsync("migrate", "run");
        desk.Control.AddKey(SandboxOptions.DefaultKey);

        Assert.True(ended.Code == 7, $"{ended.Code}: {ended.Error}");
        Assert.True(locked.Code == 20, $"{locked.Code}: {locked.Error}");
        Assert.Contains("or the account is locked", locked.Error, StringComparison.Ordinal);
        Assert.True(refused.Code == 20, $"{refused.Code}: {refused.Error}");
        var status = (await desk.RunAsync("migrate", "status", "--json")).Done();
        Assert.Equal(2, status.Json.GetProperty("waiting").GetInt32());
        (await desk.RunAsync("migrate", "run")).Done();
    }

    [Fact]
    public async Task A_file_that_is_another_on_the_service_has_the_code_of_a_checksum_that_does_not_match()
    {
        await using var desk = await PlannedAsync();
        (await desk.RunAsync("migrate", "run")).Done();
        desk.Control.RemoveFile(desk.Control.Tree().Files.Single(f => f.Name == "a.txt").Url);
        desk.Control.AddFile("in/a.txt", "of somebody else\n"u8);

        var run = await desk.RunAsync("migrate", "run", "--prove-again");

        Assert.True(run.Code == 21, $"{run.Code}: {run.Error}");
        Assert.Contains("1 files are not on the service as they are in their source", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_went_into_the_root_because_its_folder_was_removed_is_brought_back()
    {
        await using var desk = await PlannedAsync();
        (await desk.RunAsync("migrate", "run")).Done();
        foreach (var file in desk.Control.Tree().Files)
            desk.Control.MoveFile(file.Url, "");

        desk.Control.RemoveFolder("in");
        var run = (await desk.RunAsync("migrate", "run", "--prove-again")).Done();

        Assert.Equal(["in/a.txt", "in/b.txt"], desk.Stored());
        Assert.Contains("2 of 2 files are there and proven", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_temporary()
    {
        await using var desk = await PlannedAsync();

        var away = await desk.With("FICHIER_CLUSTER", "postgresql://node@127.0.0.1:1/fichier?connect_timeout=1").With("FICHIER_MAX_WAIT", "0s").RunAsync("migrate", "run", "in");

        Assert.True(away.Code == 5, $"{away.Code}: {away.Error}");
        Assert.Empty(desk.Stored());
    }

    [Fact]
    public async Task Limits_that_cannot_be_read_and_workers_of_no_cluster_are_refused()
    {
        await using var desk = await PlannedAsync();

        Assert.Equal(2, (await desk.RunAsync("migrate", "run", "--bwlimit", "quick")).Code);
        Assert.Equal(2, (await desk.RunAsync("migrate", "run", "--detach")).Code);
        (await desk.RunAsync("migrate", "run", "--bwlimit", "10M")).Done();
    }

    [Fact]
    public async Task Slices_of_one_folder_cost_a_session_each_and_no_listing_between_them()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        foreach (var n in Enumerable.Range(0, 24))
            desk.File($"disk/{n}.txt", $"file {n}\n");

        (await desk.RunAsync("migrate", "plan", "disk", "1f:in", "--slice-files", "3")).Done();
        var before = desk.Asked("folder/ls");
        (await desk.RunAsync("migrate", "run")).Done();

        Assert.Equal((1, 8, 1, 0), (desk.Asked("folder/mkdir"), desk.Asked("upload.cgi"), desk.Asked("folder/ls") - before, desk.Control.Counters.Floods));
    }

    private static async Task<Desk> PlannedAsync()
    {
        var desk = await Desk.WithSandboxAsync();
        desk.File("disk/a.txt", "one\n");
        desk.File("disk/b.txt", "two\n");
        (await desk.RunAsync("migrate", "plan", "disk", "1f:in")).Done();
        return desk;
    }
}
