using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>Transfers that are spared because the content is there already.</summary>
public sealed class ContentMatcherTests
{
    private static readonly string Big = new('b', 1 << 20);
    private static readonly string Other = new('o', 1 << 20);
    private static readonly Type[] Service = [typeof(IServerSideCopy), typeof(IStoredContent), typeof(IContentHasher)];
    private static readonly Type[] Disk = [typeof(IOnDisk), typeof(IContentHasher)];

    [Fact]
    public async Task What_is_stored_under_another_name_is_copied_there()
    {
        var plan = await PlanAsync(["new/a=" + Big, "b=" + Other], ["old/x=" + Big, "small=tiny"]);
        var copy = Assert.Single(plan.Copies);
        Assert.Equal(("new/a", "old/x"), (copy.Target.ToString(), copy.From.Path.ToString()));
        Assert.Equal(["b"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(["new"], plan.Folders.Select(f => f.ToString()));
    }

    [Fact]
    public async Task A_small_file_is_sent_because_a_request_costs_more()
    {
        var small = Big[..^1];
        Assert.Empty((await PlanAsync(["a=" + small, "b=" + small], ["x=" + small])).Copies);
        Assert.Equal(0, _source.Hashed);
    }

    [Fact]
    public async Task Only_files_of_a_size_that_is_held_or_comes_twice_are_read()
    {
        await PlanAsync(["a=" + Big, "b=" + Big + "1", "c=" + Big + "22", "d=" + Big + "22"], ["x=" + Other]);
        Assert.Equal(3, _source.Hashed);
    }

    [Fact]
    public async Task The_same_new_content_is_sent_once_and_copied_afterwards()
    {
        var plan = await PlanAsync(["a=" + Big, "d/b=" + Big, "d/c=" + Big, "z=" + Other], ["d/c=1"]);
        Assert.Equal(["a", "z"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(["a>d/b", "a>d/c"], plan.Repeats.Select(r => $"{r.From.Path}>{r.Target}"));
        Assert.Equal("d/c", plan.Repeats[1].Replaces?.Path.ToString());
    }

    [Fact]
    public async Task Files_whose_contents_change_places_are_not_copied_over_each_other()
    {
        var plan = await PlanAsync(["a=" + Big, "b=" + Other], ["a=" + Other, "b=" + Big], new SyncOptions { Compare = Comparison.Checksum });
        Assert.Equal("a", Assert.Single(plan.Copies).Target.ToString());
        Assert.Equal("b", Assert.Single(plan.Transfers).Target.ToString());
    }

    [Theory]
    [InlineData(DeleteOrder.After, 1)]
    [InlineData(DeleteOrder.Before, 0)]
    public async Task What_is_removed_first_is_no_source(DeleteOrder order, int copies) =>
        Assert.Equal(copies, (await PlanAsync(["a=" + Big], ["x=" + Big], new SyncOptions { Kind = SyncKind.Sync, Deletes = order })).Copies.Count);

    [Fact]
    public async Task Nothing_is_matched_when_that_is_turned_off()
    {
        var plan = await PlanAsync(["a=" + Big, "b=" + Big], ["x=" + Big], new SyncOptions { Dedupe = false });
        Assert.Equal((2, 0, 0), (plan.Transfers.Count, plan.Copies.Count, plan.Repeats.Count));
        Assert.Equal(0, _source.Hashed);
    }

    [Fact]
    public async Task Within_one_service_everything_is_copied_and_a_move_is_a_move()
    {
        var volume = await Trees.OfAsync("src/a=1", "src/b=2", "dst/b=22");
        var (source, destination) = (new SyncTree(volume, VolumePath.Parse("src")), new SyncTree(volume, VolumePath.Parse("dst")));
        var copy = await new SyncPlanner(source, destination, new SyncOptions { Dedupe = false }).PlanAsync();
        Assert.Equal(["src/a>dst/a", "src/b>dst/b"], copy.Copies.Select(c => $"{c.From.Path}>{c.Target}"));
        Assert.Empty(copy.Transfers);

        var move = await new SyncPlanner(source, destination, new SyncOptions { Kind = SyncKind.Move }).PlanAsync();
        Assert.Equal(["src/a>dst/a"], move.Renames.Select(r => $"{r.From}>{r.To}"));
        Assert.Equal(["src/b>dst/b"], move.Copies.Select(c => $"{c.From.Path}>{c.Target}"));
    }

    [Fact]
    public async Task A_download_uses_what_lies_on_the_disk_whatever_its_size()
    {
        _sides = ([], Disk);
        var plan = await PlanAsync(["new/a=tiny", "b=other"], ["old/x=tiny", "new/c=else"], new SyncOptions { Kind = SyncKind.Sync });
        Assert.Equal(["old/x>new/a"], plan.Copies.Select(c => $"{c.From.Path}>{c.Target}"));
        Assert.Equal(["b"], plan.Transfers.Select(t => t.Target.ToString()));
        Assert.Equal(2, _destination.Hashed);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_to_compare_it_is_sent()
    {
        _fails = true;
        var plan = await PlanAsync(["a=" + Big], ["x=" + Big]);
        Assert.Equal(("a", 0), (Assert.Single(plan.Transfers).Target.ToString(), plan.Copies.Count));
    }

    private ScriptedVolume _source = null!;
    private ScriptedVolume _destination = null!;
    private (Type[] Source, Type[] Destination) _sides = ([typeof(IOnDisk), typeof(IContentHasher)], Service);
    private bool _fails;

    /// <summary>A plan for a source and a destination of which the one on the disk knows no checksums by itself.</summary>
    private async Task<SyncPlan> PlanAsync(string[] source, string[] destination, SyncOptions? options = null)
    {
        _source = Side(await Trees.OfAsync(source), _sides.Source);
        _destination = Side(await Trees.OfAsync(destination), _sides.Destination);
        return await Trees.PlanAsync(_source, _destination, options);
    }

    private ScriptedVolume Side(MemoryVolume volume, Type[] abilities) => new(volume)
    {
        Abilities = abilities,
        Shows = e => abilities.Contains(typeof(IOnDisk)) ? e with { Checksum = null } : e,
        HashFails = e => _fails ? new IOException("bad disk") : null,
    };
}
