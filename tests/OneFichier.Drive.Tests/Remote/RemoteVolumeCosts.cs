using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

/// <summary>What the volume's verbs cost in requests to the API.</summary>
public sealed class RemoteVolumeCosts
{
    private static NewFile[] TwoHundred(int length = 10) =>
        [.. Enumerable.Range(0, 200).Select(n => File($"folder {n % 10}/file {n}", Pattern.Bytes(length, n)))];

    private static NewFile File(string path, byte[] content) => new(VolumePath.Parse(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content, writable: false)));

    private static async Task<IReadOnlyList<Entry>> PutAsync(RemoteVolume volume, IReadOnlyList<NewFile> files) =>
        [.. (await volume.PutAsync(files)).Select(r => r.Error is null ? r.Entry! : throw r.Error)];

    [Fact]
    public async Task Two_hundred_files_in_ten_new_folders_cost_a_listing_ten_folders_and_ten_sessions()
    {
        await using var stage = await Stage.SetAsync();
        await PutAsync(new RemoteVolume(stage.Tree), TwoHundred());
        Assert.Equal(21, stage.Cost);
        Assert.Equal(200, stage.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task Overwriting_them_costs_ten_sessions_and_two_removals()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        await PutAsync(volume, TwoHundred());
        _ = stage.Cost;
        await PutAsync(volume, TwoHundred(20));
        Assert.Equal(12, stage.Cost);
        Assert.All(stage.Control.Tree().Files, f => Assert.Equal(20, f.Size));
        Assert.Equal(200, stage.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task Removing_them_costs_two_and_reading_the_tree_nothing()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        var put = await PutAsync(volume, TwoHundred());
        _ = stage.Cost;
        foreach (var folder in (await volume.ListAsync(VolumePath.Root)).Entries)
            Assert.Equal(20, (await volume.ListAsync(folder.Path)).Entries.Count);
        Assert.Equal(0, stage.Cost);

        Assert.All(await volume.RemoveAsync([.. put.Select(e => e.Path)]), r => Assert.Null(r.Error));
        Assert.Equal(2, stage.Cost);
        Assert.Empty(stage.Control.Tree().Files);
    }

    [Fact]
    public async Task Moving_them_into_one_folder_costs_two_and_renaming_a_hundred_there_one()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        var put = await PutAsync(volume, TwoHundred());
        await volume.MakeFolderAsync(VolumePath.Parse("to"));
        _ = stage.Cost;

        Assert.All(await volume.MoveAsync([.. put.Select(e => new VolumeMove(e.Path, VolumePath.Parse($"to/{e.Name}")))]), r => Assert.Null(r.Error));
        Assert.Equal(2, stage.Cost);

        Assert.All(await volume.MoveAsync([.. put.Take(100).Select(e => new VolumeMove(VolumePath.Parse($"to/{e.Name}"), VolumePath.Parse($"to/new {e.Name}")))]), r => Assert.Null(r.Error));
        Assert.Equal(1, stage.Cost);
        Assert.Equal(100, (await volume.ListAsync(VolumePath.Parse("to"))).Entries.Count(e => e.Name.StartsWith("new ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Copies_into_one_folder_cost_one_a_hundred_and_a_renamed_copy_one()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        var put = await PutAsync(volume, TwoHundred());
        await volume.MakeFolderAsync(VolumePath.Parse("to"));
        _ = stage.Cost;

        var copies = await volume.CopyAsync([.. put.Select(e => (e, VolumePath.Parse($"to/{e.Name}")))]);
        Assert.Equal(2, stage.Cost);
        Assert.Equal(put.Select(e => (e.Checksum, e.Size)), copies.Select(c => (c.Entry!.Checksum, c.Entry.Size)));

        Assert.All(await volume.CopyAsync([(put[0], VolumePath.Parse("to/other")), (put[1], VolumePath.Parse("to/another"))]), r => Assert.Null(r.Error));
        Assert.Equal(2, stage.Cost);
    }

    [Fact]
    public async Task A_file_that_keeps_its_batch_back_costs_a_look_and_fails_alone()
    {
        await using var stage = await Stage.SetAsync(new Sandbox.SandboxBehaviours { BatchesAreAllOrNothing = true });
        var volume = new RemoteVolume(stage.Tree);
        var put = await PutAsync(volume, TwoHundred());
        await volume.MakeFolderAsync(VolumePath.Parse("to"));
        stage.Control.RemoveFile(stage.Control.Tree().Files.Single(f => f.Name == "file 7").Url);
        stage.Control.RemoveFile(stage.Control.Tree().Files.Single(f => f.Name == "file 10").Url);

        var moved = await volume.MoveAsync([.. put.Take(20).Select(e => new VolumeMove(e.Path, VolumePath.Parse($"to/{e.Name}")))]);
        Assert.Equal([7, 10], moved.Index().Where(r => r.Item.Error is PathNotFoundException).Select(r => r.Index));
        Assert.Equal(18, moved.Count(r => r.Entry is not null));

        stage.Control.RemoveFile(stage.Control.Tree().Files.Single(f => f.Name == "file 30").Url);
        var inFolder = put.Where(e => e.Path.Parent == VolumePath.Parse("folder 0")).Skip(2).ToList();
        var renamed = await volume.MoveAsync([.. inFolder.Select(e => new VolumeMove(e.Path, VolumePath.Parse($"folder 0/new {e.Name}")))]);
        Assert.Equal("new file 30", Assert.Single(renamed, r => r.Error is PathNotFoundException).Path.Name);
    }

    [Fact]
    public async Task Any_number_of_parts_cost_one_request_in_five_minutes_and_nothing_beyond_them_is_fetched()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new RemoteVolume(stage.Tree);
        await PutAsync(volume, [File("a", Pattern.Bytes(10_000))]);
        _ = stage.Cost;
        for (var n = 0; n < 10; n++)
        {
            await using var part = await volume.OpenAsync(VolumePath.Parse("a"), new ByteRange(n * 1000, 500));
            var bytes = new byte[500];
            await part.ReadExactlyAsync(bytes);
            Assert.Equal(Pattern.Bytes(10_000).AsSpan(n * 1000, 500).ToArray(), bytes);
        }

        Assert.Equal(10, stage.Control.Counters.Download);
        Assert.Equal(1, stage.Cost);
    }
}
