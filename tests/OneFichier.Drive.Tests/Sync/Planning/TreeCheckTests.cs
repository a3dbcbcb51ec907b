using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class TreeCheckTests
{
    private static readonly VolumeTraits Account = new() { Metered = true };

    [Fact]
    public async Task It_says_of_each_file_what_rclone_says() => Assert.Equal(
        ["= a/same", "* a/content", "* a/size", "+ a/mine", "- a/yours", "- b/only"],
        await SignsAsync(["a/same", "a/content=x", "a/size=1", "a/mine"], ["a/same", "a/content=y", "a/size=22", "a/yours", "b/only"]));

    [Fact]
    public async Task One_way_does_not_mind_what_the_destination_has_more() =>
        Assert.Equal(["+ a/mine"], await SignsAsync(["a/mine"], ["a/yours", "b/only"], new CheckOptions { OneWay = true }));

    [Fact]
    public async Task Sizes_alone_prove_nothing_and_read_nothing()
    {
        var files = await RunAsync(new ScriptedVolume(await Trees.OfAsync("a=1")), await Trees.OfAsync("a=2"), new CheckOptions { SizeOnly = true });
        Assert.Equal((CheckResult.Same, false), (files[0].Result, files[0].Proven));
    }

    [Theory]
    [InlineData(false, CheckResult.Same, false)]
    [InlineData(true, CheckResult.Differs, true)]
    public async Task A_volume_that_costs_requests_is_read_only_when_asked(bool download, CheckResult result, bool proven)
    {
        var account = new ScriptedVolume(await Trees.OfAsync("a=1")) { Facts = Account, Shows = e => e with { Checksum = null } };
        var file = Assert.Single(await RunAsync(await Trees.OfAsync("a=2"), account, new CheckOptions { Download = download }));
        Assert.Equal((result, proven), (file.Result, file.Proven));
    }

    [Fact]
    public async Task A_known_checksum_is_believed_unless_both_are_to_be_read_and_a_disk_is_read_for_one_that_is_not_known()
    {
        var wrong = WhirlpoolHash.Empty;
        var believed = new ScriptedVolume(await Trees.OfAsync("a=1")) { Shows = e => e with { Checksum = wrong } };
        Assert.Equal(CheckResult.Differs, (await RunAsync(believed, await Trees.OfAsync("a=1")))[0].Result);
        Assert.Equal(CheckResult.Same, (await RunAsync(believed, await Trees.OfAsync("a=1"), new CheckOptions { Download = true }))[0].Result);
        var unknown = new ScriptedVolume(await Trees.OfAsync("a=1")) { Shows = e => e with { Checksum = null }, HashFails = _ => new IOException("not asked") };
        Assert.Equal((CheckResult.Same, true), (await RunAsync(unknown, await Trees.OfAsync("a=1"))) is [var file] ? (file.Result, file.Proven) : default);
    }

    [Fact]
    public async Task What_cannot_be_listed_or_read_is_an_error_of_its_own()
    {
        var source = new ScriptedVolume(await Trees.OfAsync("a/x", "b")) { Folders = { ["a"] = _ => throw new IOException("bad disk") } };
        var files = await RunAsync(source, await Trees.OfAsync("a/x", "a/y", "b"));
        Assert.Equal(["= b", "! a"], files.Select(f => $"{f.Sign} {f.Path}"));
        Assert.Equal("bad disk", files[1].Error?.Message);
    }

    [Fact]
    public async Task A_file_that_ends_early_is_an_error()
    {
        var longer = new ScriptedVolume(await Trees.OfAsync("a=12")) { Shows = e => e with { Checksum = null } };
        var broken = new Unreadable(await Trees.OfAsync("a=12"));
        Assert.Equal(CheckResult.Failed, (await RunAsync(longer, broken))[0].Result);
    }

    [Fact]
    public async Task The_filter_holds_on_both_sides() =>
        Assert.Equal(["= b"], await SignsAsync(["a.log", "b"], ["b", "c.log"], new CheckOptions { Filter = Trees.Filter("- *.log") }));

    [Fact]
    public async Task Results_come_in_order_whatever_is_done_first()
    {
        string[] names = [.. Enumerable.Range(0, 600).Select(i => $"d{i % 7}/f{i:000}={new string('x', i * 37 % 5000)}")];
        var source = new ScriptedVolume(await Trees.OfAsync(names)) { Shows = e => e with { Checksum = null } };
        var files = await RunAsync(source, await Trees.OfAsync(names));
        Assert.Equal(files.Select(f => f.Path.ToString()).Order(StringComparer.Ordinal), files.Select(f => f.Path.ToString()));
        var totals = new CheckTotals();
        files.ForEach(totals.Add);
        Assert.Equal((600, 0, 0), (totals[CheckResult.Same], totals.Differences, totals.Unproven));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData((1 << 20) - 1)]
    [InlineData((3 << 20) + 5)]
    public async Task A_file_read_in_two_buffers_has_the_checksum_of_its_bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        var volume = new MemoryVolume();
        var put = await volume.PutAsync([Trees.New("f", bytes)]);
        Assert.Equal(put[0].Entry!.Checksum, await ContentHash.OfAsync(volume, put[0].Entry!));
    }

    private static async Task<List<CheckedFile>> RunAsync(IVolume source, IVolume destination, CheckOptions? options = null) =>
        await new TreeCheck(new SyncTree(source), new SyncTree(destination), options ?? new CheckOptions()).RunAsync().ToListAsync();

    private static async Task<IEnumerable<string>> SignsAsync(string[] source, string[] destination, CheckOptions? options = null) =>
        (await RunAsync(await Trees.OfAsync(source), await Trees.OfAsync(destination), options)).OrderBy(f => f.Path.Parent.ToString(), StringComparer.Ordinal).ThenBy(f => "=*+-!".IndexOf(f.Sign)).ThenBy(f => f.Path.Name, StringComparer.Ordinal).Select(f => $"{f.Sign} {f.Path}");

    private sealed class Unreadable(IVolume inner) : VolumeDecorator(inner)
    {
        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
            await base.ListAsync(folder, cancellationToken) is var contents ? contents with { Entries = [.. contents.Entries.Select(e => e with { Checksum = null })] } : contents;

        public override Task<Stream> OpenAsync(VolumePath file, ByteRange range = default, CancellationToken cancellationToken = default) => throw new IOException("bad disk");
    }
}
