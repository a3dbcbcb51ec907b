using System.Text;
using OneFichier.Drive.Sync;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Sync.Running.SyncBench;

namespace OneFichier.Drive.Tests.Sync.Running;

/// <summary>An account down to a disk and up again, on the sandbox.</summary>
public sealed class FetchTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private Stage _stage = null!;
    private RemoteVolume _remote = null!;
    private LocalVolume _local = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync();
        _remote = new RemoteVolume(_stage.Tree);
        Directory.CreateDirectory(_folder["here"]);
        _local = new LocalVolume(_folder["here"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_come_down_with_their_times_several_at_once()
    {
        for (var i = 0; i < 12; i++)
            await WriteAsync(_remote, $"folder {i % 3}/it's {i}.txt", $"content {i}", i);
        await WriteAsync(_remote, "empty.txt", "");
        var result = await RunAsync(_remote, _local);
        Assert.True(result.Complete, Told(result));
        Assert.Equal(13, result.TransferredFiles);
        Assert.Equal(await TreeAsync(_remote), await TreeAsync(_local));
        Assert.Equal(Day.AddHours(7), (await _local.FindAsync(At("folder 1/it's 7.txt")))!.ModTime);
        Assert.True((await PlanAsync(_remote, _local)).IsEmpty);
    }

    [Fact]
    public async Task A_fetch_pays_for_its_bandwidth_and_counts_its_bytes()
    {
        await WriteAsync(_remote, "a.txt", new string('a', 300_000));
        var time = new ManualTime();
        var before = time.Elapsed;
        var options = new RunOptions { Time = time, Bandwidth = new Bandwidth(BandwidthTimetable.Parse("off:100k"), time) };
        var result = await time.RunAsync(RunAsync(_remote, _local, options));
        Assert.True(result.Complete, Told(result));
        Assert.Equal(300_000, result.MovedBytes);
        Assert.InRange((time.Elapsed - before).TotalSeconds, 2.6, 3.1);
    }

    [Fact]
    public async Task A_fetch_is_ended_by_the_limit_of_bytes_and_goes_on_where_it_was()
    {
        await WriteAsync(_remote, "a.txt", new string('a', 3_000_000));
        var first = await RunAsync(_remote, _local, new RunOptions { Limits = new RunLimits { MaxTransfer = 1_000_000 } });
        Assert.Equal((RunLimit.Transfer, 0), (first.Limit, first.TransferredFiles));
        Assert.Empty((await _local.ListAsync(VolumePath.Root)).Entries);
        var second = await RunAsync(_remote, _local);
        Assert.True(second.Complete, Told(second));
        Assert.InRange(second.MovedBytes, 1, 2_000_000);
        Assert.Equal(await TreeAsync(_remote), await TreeAsync(_local));
    }

    [Fact]
    public async Task A_file_of_the_user_is_never_taken_for_what_a_fetch_left()
    {
        await WriteAsync(_remote, "film", new string('f', 5000));
        await WriteAsync(_remote, "film.part", "a file of its own");
        await WriteAsync(_local, "film.part", "a file of its own");
        Assert.True((await RunAsync(_remote, _local)).Complete);
        Assert.Equal(await TreeAsync(_remote), await TreeAsync(_local));
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_file_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        await WriteAsync(_remote, "a.txt", "content");
        File.CreateSymbolicLink(_folder["here/a.txt"], _folder.Write("elsewhere", "mine"u8));
        var result = await RunAsync(_remote, _local);
        Assert.IsType<NameTakenException>(Assert.Single(result.Failed).Error);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["elsewhere"]));
        Assert.NotNull(new FileInfo(_folder["here/a.txt"]).LinkTarget);
    }

    [Fact]
    public async Task A_replaced_file_of_the_disk_is_put_aside()
    {
        await WriteAsync(_remote, "a.txt", "new", 1);
        await WriteAsync(_local, "live/a.txt", "before");
        var (source, destination, wanted) = (new SyncTree(_remote), new SyncTree(_local, At("live")), new SyncOptions { BackupFolder = At("old") });
        var plan = await new SyncPlanner(source, destination, wanted).PlanAsync();
        Assert.True((await new SyncRunner(source, destination, wanted).RunAsync(plan)).Complete);
        Assert.Equal(["live/", "live/a.txt=new", "old/", "old/a.txt=before"], await TreeAsync(_local));
    }

    [Fact]
    public async Task A_first_sync_up_costs_a_request_a_folder_and_one_a_session()
    {
        for (var i = 0; i < 200; i++)
            _folder.WriteIn($"here/folder {i % 10}", $"{i}.bin", Encoding.UTF8.GetBytes($"content {i}"));
        _ = _stage.Cost;
        var result = await RunAsync(_local, _remote);
        Assert.True(result.Complete, Told(result));
        Assert.InRange(_stage.Cost, 20, 25);
        Assert.True((await PlanAsync(_local, _remote)).IsEmpty);
        Assert.Equal(0, _stage.Cost);
    }

    [Fact]
    public async Task A_sync_up_replaces_removes_and_renames_in_few_requests()
    {
        for (var i = 0; i < 30; i++)
            _folder.WriteIn("here/x", $"{i}.bin", Encoding.UTF8.GetBytes($"content {i}"));
        await RunAsync(_local, _remote);
        for (var i = 0; i < 10; i++)
            File.Delete(_folder[$"here/x/{i}.bin"]);
        _folder.WriteIn("here/x", "10.bin", "changed here"u8);
        File.Move(_folder["here/x/11.bin"], _folder["here/x/renamed.bin"]);
        _ = _stage.Cost;
        var result = await RunAsync(_local, _remote);
        Assert.True(result.Complete, Told(result));
        Assert.Equal((1, 1, 10), (result.TransferredFiles, result.Renamed, result.Removed));
        Assert.InRange(_stage.Cost, 1, 8);
        Assert.Equal(await TreeAsync(_local), await TreeAsync(_remote));
    }

    [Fact]
    public async Task Between_two_folders_of_an_account_nothing_comes_down()
    {
        await WriteAsync(_remote, "from/a.txt", "content");
        var (source, destination, wanted) = (new SyncTree(_remote, At("from")), new SyncTree(_remote, At("to")), new SyncOptions());
        var result = await new SyncRunner(source, destination, wanted).RunAsync(await new SyncPlanner(source, destination, wanted).PlanAsync());
        Assert.True(result.Complete, Told(result));
        Assert.Equal((1, 0L), (result.Copied, result.MovedBytes));
        Assert.Equal("content", await ReadAsync(_remote, At("to/a.txt")));
    }

    private static string Told(SyncResult result) => string.Join("; ", result.Failed.Select(f => $"{f.Path}: {f.Error}").Concat(result.Surprises.Select(s => $"{s.Path}: {s.Text}")));

    private static Task<SyncPlan> PlanAsync(IVolume source, IVolume destination) => new SyncPlanner(new SyncTree(source), new SyncTree(destination), Wanted).PlanAsync();

    private static async Task<SyncResult> RunAsync(IVolume source, IVolume destination, RunOptions? options = null) =>
        await new SyncRunner(new SyncTree(source), new SyncTree(destination), Wanted, options).RunAsync(await PlanAsync(source, destination));

    private static SyncOptions Wanted => new() { Kind = SyncKind.Sync, TrackRenames = true };
}

internal static class TempFolders
{
    public static void WriteIn(this TempFolder folder, string below, string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(folder[below]);
        folder.Write(Path.Combine(below, name), content);
    }
}
