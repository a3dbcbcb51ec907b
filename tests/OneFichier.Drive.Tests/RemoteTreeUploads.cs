namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeUploads
{
    private static UploadFile Named(string name) => new(name, 5, _ => new(new MemoryStream("hello"u8.ToArray())));

    [Fact]
    public async Task What_was_sent_shows_at_once_and_costs_no_listing()
    {
        await using var stage = await Stage.SetAsync();
        var docs = await stage.Tree.MakeFolderAsync(VolumePath.Parse("docs"));
        _ = stage.Cost;

        await stage.Tree.UploadAsync(new FolderUpload(docs, [Named("a"), Named("b")]));

        Assert.Equal(1, stage.Cost);
        Assert.Equal(["a", "b"], (await stage.Tree.ListAsync(docs)).Entries.Select(e => e.Name));
        Assert.Equal(0, stage.Cost);
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_before_its_end_leaves_what_is_known_of_the_folder_believed()
    {
        await using var stage = await Stage.SetAsync();
        var docs = await stage.Tree.MakeFolderAsync(VolumePath.Parse("docs"));
        using var stop = new CancellationTokenSource();
        var broken = new UploadFile("a", 5, _ => throw Stopped(stop));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Tree.UploadAsync(new FolderUpload(docs, [broken]), stop.Token));

        _ = stage.Cost;
        Assert.Empty((await stage.Tree.ListAsync(docs)).Entries);
        Assert.Equal(0, stage.Cost);
    }

    private static OperationCanceledException Stopped(CancellationTokenSource stop)
    {
        stop.Cancel();
        return new OperationCanceledException(stop.Token);
    }
}
