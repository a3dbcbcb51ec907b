using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>Somebody else changes things between the plan and the act.</summary>
public sealed class SurpriseTests
{
    private readonly SyncBench _bench = new();

    [Fact]
    public async Task A_file_to_be_replaced_that_was_changed_stays()
    {
        await WriteAsync(_bench.From, "a.txt", "ours", 1);
        await WriteAsync(_bench.To, "a.txt", "old");
        var plan = await _bench.PlanAsync();
        await WriteAsync(_bench.To, "a.txt", "theirs", 2);
        await AssertSurpriseAsync(plan, "a.txt", "theirs");
    }

    [Fact]
    public async Task A_file_that_came_where_none_was_stays()
    {
        await WriteAsync(_bench.From, "a.txt", "ours", 1);
        var plan = await _bench.PlanAsync();
        await WriteAsync(_bench.To, "a.txt", "theirs", 2);
        await AssertSurpriseAsync(plan, "a.txt", "theirs");
    }

    [Fact]
    public async Task Whether_one_came_is_not_asked_where_it_would_cost_a_request()
    {
        await WriteAsync(_bench.From, "a.txt", "ours", 1);
        var metered = new ActingVolume(_bench.To) { Shows = t => t with { Metered = true } };
        _bench.Destination = metered;
        Assert.True((await _bench.RunAsync()).Complete);
        Assert.Empty(metered.Finds);
    }

    [Fact]
    public async Task A_file_to_be_removed_that_was_changed_stays_and_so_does_its_folder()
    {
        await WriteAsync(_bench.To, "x/a.txt", "old");
        var plan = await _bench.PlanAsync();
        await WriteAsync(_bench.To, "x/a.txt", "theirs", 2);
        var result = await _bench.RunAsync(plan);
        Assert.Equal(["x", "x/a.txt"], result.Surprises.Select(s => s.Path.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["x/", "x/a.txt=theirs"], await TreeAsync(_bench.To));
        Assert.Empty(result.Failed);
    }

    [Fact]
    public async Task A_file_to_be_removed_that_is_gone_is_no_matter()
    {
        await WriteAsync(_bench.To, "a.txt", "old");
        var plan = await _bench.PlanAsync();
        await _bench.To.RemoveAsync([At("a.txt")]);
        Assert.True((await _bench.RunAsync(plan)).Complete);
    }

    [Fact]
    public async Task A_file_to_be_copied_over_one_that_was_changed_leaves_it()
    {
        var from = await WriteAsync(_bench.To, "twin.txt", "ours");
        var source = await WriteAsync(_bench.From, "a.txt", "ours");
        var old = await WriteAsync(_bench.To, "a.txt", "old");
        var plan = new SyncPlan { Copies = [new PlannedCopy(source, from, At("a.txt"), old)] };
        await WriteAsync(_bench.To, "a.txt", "theirs", 2);
        await AssertSurpriseAsync(plan, "a.txt", "theirs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_was_changed_fails_and_the_others_go(bool removed)
    {
        await WriteAsync(_bench.From, "a.txt", "planned");
        await WriteAsync(_bench.From, "b.txt", "fine");
        var plan = await _bench.PlanAsync();
        if (removed)
            await _bench.From.RemoveAsync([At("a.txt")]);
        else
            await WriteAsync(_bench.From, "a.txt", "newer", 3);
        var result = await _bench.RunAsync(plan);
        Assert.Equal("a.txt", Assert.IsType<FichierSourceException>(Assert.Single(result.Failed).Error).FileName);
        Assert.Equal(["b.txt=fine"], await TreeAsync(_bench.To));
    }

    [Theory]
    [InlineData("longer than planned", "longer")]
    [InlineData("short", "shorter")]
    public async Task A_source_whose_length_is_another_once_it_is_open_fails(string content, string word)
    {
        await WriteAsync(_bench.From, "a.txt", "planned len");
        var other = new MemoryVolume();
        await WriteAsync(other, "a.txt", content);
        var plan = await _bench.PlanAsync();
        _bench.Source = new ActingVolume(other) { Shows = t => t with { Metered = true } };
        Assert.Contains(word, Assert.Single((await _bench.RunAsync(plan)).Failed).Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(await TreeAsync(_bench.To));
    }

    [Fact]
    public async Task A_source_that_is_changed_while_it_is_sent_fails_and_is_sent_by_the_next_run()
    {
        await WriteAsync(_bench.From, "a.txt", "first");
        _bench.Destination = new ActingVolume(_bench.To) { Says = r => r, BeforePut = async _ => await WriteAsync(_bench.From, "a.txt", "later", 4) };
        Assert.Single((await _bench.RunAsync()).Failed);
        _bench.Destination = _bench.To;
        Assert.True((await _bench.RunAsync()).Complete);
        await _bench.AssertEqualAsync();
    }

    [Fact]
    public async Task A_move_leaves_a_source_that_was_changed_after_it_was_sent()
    {
        _bench.Wanted = new SyncOptions { Kind = SyncKind.Move };
        await WriteAsync(_bench.From, "a.txt", "same");
        await WriteAsync(_bench.To, "a.txt", "same");
        var plan = await _bench.PlanAsync();
        await WriteAsync(_bench.From, "a.txt", "newer", 4);
        var result = await _bench.RunAsync(plan);
        Assert.Equal("a.txt", Assert.Single(result.Surprises).Path.ToString());
        Assert.Equal(["a.txt=newer"], await TreeAsync(_bench.From));
    }

    [Fact]
    public async Task A_renamed_files_place_that_was_taken_stays()
    {
        await WriteAsync(_bench.To, "old.txt", "content");
        await WriteAsync(_bench.To, "new.txt", "theirs");
        var result = await _bench.RunAsync(new SyncPlan { Renames = [new VolumeMove(At("old.txt"), At("new.txt"))] });
        Assert.IsType<NameTakenException>(Assert.Single(result.Failed).Error);
        Assert.Equal(["new.txt=theirs", "old.txt=content"], await TreeAsync(_bench.To));
    }

    private async Task AssertSurpriseAsync(SyncPlan plan, string path, string stays)
    {
        var result = await _bench.RunAsync(plan);
        Assert.Equal(path, Assert.Single(result.Surprises).Path.ToString());
        Assert.Contains(_bench.Events.All, e => e is SurpriseFound);
        Assert.Equal(stays, await ReadAsync(_bench.To, At(path)));
        Assert.False(result.Complete);
        Assert.Empty(result.Failed);
    }
}
