using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>When two files of one name are the same.</summary>
public sealed class FileComparisonTests
{
    private static readonly VolumeTraits Timed = new() { ModTimePrecision = TimeSpan.FromTicks(1), SetsTimes = true };
    private static readonly VolumeTraits Untimed = new() { Checksums = true };

    [Theory]
    [InlineData("abc", 0, "-")]
    [InlineData("abcd", 0, "send")]
    [InlineData("xyz", 0, "-")]
    [InlineData("abc", 5, "time")]
    [InlineData("xyz", 5, "send")]
    public async Task Size_and_time_decide_and_checksums_where_the_time_differs(string wanted, int seconds, string expected) =>
        Assert.Equal(expected, await OutcomeAsync(wanted, seconds));

    [Theory]
    [InlineData("abc", 0, "-")]
    [InlineData("abc", 5, "-")]
    [InlineData("xyz", 0, "send")]
    [InlineData("xy", 0, "send")]
    public async Task Checksums_decide_when_asked_for(string wanted, int seconds, string expected) =>
        Assert.Equal(expected, await OutcomeAsync(wanted, seconds, new SyncOptions { Compare = Comparison.Checksum }));

    [Theory]
    [InlineData("xyz", 5, "-")]
    [InlineData("xy", 0, "send")]
    public async Task Sizes_decide_when_asked_for(string wanted, int seconds, string expected)
    {
        Assert.Equal(expected, await OutcomeAsync(wanted, seconds, new SyncOptions { Compare = Comparison.Size }));
        Assert.Equal((0, 0), _hashed);
    }

    [Theory]
    [InlineData("abc", true, "-")]
    [InlineData("xyz", true, "send")]
    [InlineData("xyz", false, "-")]
    public async Task Where_no_times_are_kept_known_checksums_decide_and_else_the_size(string wanted, bool known, string expected)
    {
        Assert.Equal(expected, await OutcomeAsync(wanted, 5, there: Untimed, shows: e => known ? e : e with { Checksum = null }));
        Assert.Equal((0, 0), _hashed);
    }

    [Theory]
    [InlineData("abc", "-")]
    [InlineData("xyz", "send")]
    public async Task Where_the_time_of_a_file_is_unknown_the_checksums_decide(string wanted, string expected)
    {
        Assert.Equal(expected, await OutcomeAsync(wanted, 0, shows: e => e with { Checksum = null, ModTime = null }));
        Assert.Equal((1, 1), _hashed);
    }

    [Fact]
    public async Task A_checksum_that_is_asked_for_and_not_known_is_read()
    {
        var options = new SyncOptions { Compare = Comparison.Checksum };
        Assert.Equal("send", await OutcomeAsync("xyz", 0, options, shows: e => e with { Checksum = null }, abilities: []));
        Assert.Equal("send", await OutcomeAsync("xyz", 0, options, shows: e => e with { Checksum = null }));
        Assert.Equal((1, 1), _hashed);
    }

    [Fact]
    public async Task A_volume_that_costs_requests_is_not_read_for_a_checksum() =>
        Assert.Equal("-", await OutcomeAsync("xyz", 0, new SyncOptions { Compare = Comparison.Checksum }, Untimed with { Metered = true }, e => e with { Checksum = null }, []));

    [Fact]
    public async Task The_coarser_precision_is_added_to_the_window()
    {
        var options = new SyncOptions { ModifyWindow = TimeSpan.FromSeconds(1) };
        Assert.Equal("-", await OutcomeAsync("xyz", 3, options, Timed with { ModTimePrecision = TimeSpan.FromSeconds(2) }));
        Assert.Equal("send", await OutcomeAsync("xyz", 4, options, Timed with { ModTimePrecision = TimeSpan.FromSeconds(2) }));
    }

    [Fact]
    public async Task Another_time_alone_is_nothing_where_times_cannot_be_set() =>
        Assert.Equal("-", await OutcomeAsync("abc", 5, there: Timed with { SetsTimes = false }));

    [Theory]
    [InlineData("xyzz", -5, "-")]
    [InlineData("xyz", 0, "-")]
    [InlineData("xyzz", 0, "send")]
    [InlineData("abc", 5, "time")]
    [InlineData("xyz", 5, "send")]
    public async Task Update_leaves_what_is_newer(string wanted, int seconds, string expected) =>
        Assert.Equal(expected, await OutcomeAsync(wanted, seconds, new SyncOptions { Update = true }));

    [Fact]
    public async Task Ignore_existing_leaves_all_that_is_there() => Assert.Equal("-", await OutcomeAsync("other", 5, new SyncOptions { IgnoreExisting = true }));

    [Theory]
    [InlineData("other", 0)]
    [InlineData("abc", 5)]
    public async Task Immutable_reports_what_would_change(string wanted, int seconds) => Assert.Equal("note", await OutcomeAsync(wanted, seconds, new SyncOptions { Immutable = true }));

    [Fact]
    public async Task A_file_is_moved_only_when_its_content_is_there()
    {
        var (source, there) = (await Trees.OfAsync("same", "newer=1", "kept=1"), await Trees.OfAsync("same", "kept=1"));
        await there.WriteAsync("newer=2", Trees.Then.AddDays(1));
        var update = await Trees.PlanAsync(source, there, new SyncOptions { Kind = SyncKind.Move, Update = true });
        Assert.Equal(["kept", "same"], update.Unchanged.Select(e => e.Name));
        Assert.Empty((await Trees.PlanAsync(source, there, new SyncOptions { Kind = SyncKind.Move, IgnoreExisting = true })).Unchanged);
    }

    [Theory]
    [InlineData("abc", true, "-", 1)]
    [InlineData("xyz", true, "send", 0)]
    [InlineData("abc", false, "-", 0)]
    public async Task A_size_is_not_enough_to_take_a_file_from_the_source(string wanted, bool readable, string expected, int unchanged)
    {
        var options = new SyncOptions { Kind = SyncKind.Move };
        Assert.Equal(expected, await OutcomeAsync(wanted, 5, options, Untimed, e => e with { Checksum = null }, readable ? null : []));
        Assert.Equal((unchanged, expected == "-" && !readable ? 1 : 0), (_plan.Unchanged.Count, _plan.Notes.Count));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_left_alone_and_noted()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a=abc", "b")) { Shows = e => e with { Checksum = null }, HashFails = e => new IOException("bad disk") };
        var plan = await Trees.PlanAsync(source, await Trees.OfAsync("a=xyz"), new SyncOptions { Compare = Comparison.Checksum });
        Assert.Equal(["b"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal("bad disk", Assert.Single(plan.Notes).Error?.Message);
    }

    private (int Source, int There) _hashed;
    private SyncPlan _plan = new();

    /// <summary>What becomes of a file that holds "abc" in the destination, and something in the source that is so many seconds younger.</summary>
    private async Task<string> OutcomeAsync(string wanted, int seconds, SyncOptions? options = null, VolumeTraits? there = null, Func<Entry, Entry>? shows = null, Type[]? abilities = null)
    {
        var (left, right) = (await Trees.OfAsync(), await Trees.OfAsync("f=abc"));
        await left.WriteAsync("f=" + wanted, Trees.Then.AddSeconds(seconds));
        var source = new ScriptedVolume(left) { Facts = Timed, Shows = shows ?? (e => e), Abilities = abilities ?? [typeof(IContentHasher)] };
        var destination = new ScriptedVolume(right) { Facts = there ?? Timed, Shows = shows ?? (e => e), Abilities = abilities ?? [typeof(IContentHasher)] };
        var plan = _plan = await Trees.PlanAsync(source, destination, options);
        _hashed = (source.Hashed, destination.Hashed);
        return plan.Notes.Any(n => n.Error is not null) ? "note" : plan.Transfers.Count > 0 ? "send" : plan.Times.Count > 0 ? "time" : plan.IsEmpty ? "-" : "?";
    }
}
