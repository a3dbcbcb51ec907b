using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

public sealed class PlanCostTests
{
    private static readonly VolumeTraits Disk = new();
    private static readonly VolumeTraits Account = new() { Metered = true, PutBatch = 500 };

    [Fact]
    public void Files_of_one_folder_go_in_sessions_by_number_and_by_size()
    {
        var plan = new SyncPlan { Transfers = [.. Transfers("a", 501, 1), .. Transfers("b", 3, 1L << 29), .. Transfers("c", 2, 3L << 30)], Folders = Paths("a", "b", "c") };
        var cost = PlanCost.Of(plan, SyncKind.Copy, Disk, Account);
        Assert.Equal((3, 2 + 2 + 2), (cost.NewFolders, cost.UploadSessions));
        Assert.Equal(9, cost.Requests);
        Assert.Equal(501 + (3L << 29) + (6L << 30), cost.Bytes);
        Assert.Equal(TimeSpan.FromSeconds(4.5), cost.LeastTime(2));
    }

    [Fact]
    public void Two_hundred_small_files_in_ten_folders_cost_twenty_requests()
    {
        var folders = Enumerable.Range(0, 10).Select(i => $"d{i}").ToArray();
        var plan = new SyncPlan { Folders = Paths(folders), Transfers = [.. folders.SelectMany(f => Transfers(f, 20, 10_000))] };
        Assert.Equal(20, PlanCost.Of(plan, SyncKind.Sync, Disk, Account).Requests);
    }

    [Fact]
    public void Copies_and_moves_that_keep_their_names_go_by_the_hundred()
    {
        var copies = Enumerable.Range(0, 101).Select(i => new PlannedCopy(File($"s/{i}"), File($"x/{i}"), VolumePath.Parse($"d/{i}"))).ToList();
        var renamed = new PlannedCopy(File("s/n"), File("x/o"), VolumePath.Parse("d/n"));
        var plan = new SyncPlan
        {
            Copies = [.. copies, renamed],
            Repeats = [renamed with { Target = VolumePath.Parse("d/m") }],
            Renames = [new VolumeMove(VolumePath.Parse("a/1"), VolumePath.Parse("b/1")), new VolumeMove(VolumePath.Parse("a/2"), VolumePath.Parse("b/2")), new VolumeMove(VolumePath.Parse("a/3"), VolumePath.Parse("b/4"))],
        };
        var cost = PlanCost.Of(plan, SyncKind.Sync, Disk, Account);
        Assert.Equal((4, 2), (cost.Copies, cost.Moves));
    }

    [Fact]
    public void Removals_go_by_the_hundred_and_folders_one_by_one()
    {
        var plan = new SyncPlan
        {
            RemovedFiles = [.. Enumerable.Range(0, 99).Select(i => File($"old/{i}"))],
            RemovedFolders = Paths("old"),
            Cleared = [File("x"), new Entry(VolumePath.Parse("y"), IsFolder: true)],
            Transfers = [new PlannedTransfer(File("r"), VolumePath.Parse("r"), File("r"))],
            Times = [new PlannedTime(File("t"), Trees.Then)],
        };
        var cost = PlanCost.Of(plan, SyncKind.Sync, Disk, Account);
        Assert.Equal((2 + 2, 1, 1), (cost.Removals, cost.UploadSessions, cost.Times));

        var kept = PlanCost.Of(plan with { BackupFolder = VolumePath.Parse("bak") }, SyncKind.Sync, Disk, Account);
        Assert.Equal((2, 2, 2), (kept.Removals, kept.Moves, kept.NewFolders));
    }

    [Fact]
    public void A_download_costs_a_token_a_file_and_a_move_the_removals_in_the_source()
    {
        var plan = new SyncPlan { Transfers = Transfers("a", 150, 1), Folders = Paths("a"), Unchanged = [File("u")], RemovedFiles = [File("z")] };
        Assert.Equal(150, PlanCost.Of(plan, SyncKind.Copy, Account, Disk).Requests);
        Assert.Equal((150, 2), (PlanCost.Of(plan, SyncKind.Move, Account, Disk).DownloadTokens, PlanCost.Of(plan, SyncKind.Move, Account, Disk).Removals));
        Assert.Equal(0, PlanCost.Of(plan, SyncKind.Move, Disk, Disk).Requests);
    }

    private static VolumePath[] Paths(params string[] paths) => [.. paths.Select(VolumePath.Parse)];

    private static Entry File(string path, long size = 1) => new(VolumePath.Parse(path), IsFolder: false) { Size = size };

    private static List<PlannedTransfer> Transfers(string folder, int count, long size) =>
        [.. Enumerable.Range(0, count).Select(i => new PlannedTransfer(File($"{folder}/{i}", size), VolumePath.Parse($"{folder}/{i}")))];
}
