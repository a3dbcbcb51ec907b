using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public sealed class SubVolumeTests : VolumeSuite
{
    private static readonly VolumePath Deep = VolumePath.Parse("deep/sub");

    private readonly MemoryVolume _whole = new();

    protected override async Task<IVolume> CreateAsync()
    {
        await _whole.PutAsync([New("deep/subject", "not in it"), New("sub/file", "not in it")]);
        return VolumeLayers.Build(_whole, new VolumeLayerOptions { Folder = Deep });
    }

    protected override async ValueTask CleanUpAsync()
    {
        foreach (var path in new[] { "deep/subject", "sub/file" })
            Assert.Equal(9, (await _whole.FindAsync(At(path)))!.Size);
        Assert.Equal(["deep", "sub"], (await _whole.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
    }

    [Fact]
    public async Task A_folder_that_is_missing_does_not_list_as_empty_and_is_made_by_the_first_put()
    {
        Assert.Equal(VolumePath.Root, (await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.ListAsync(VolumePath.Root))).Path.Path);
        Assert.True((await Volume.FindAsync(VolumePath.Root))!.IsFolder);
        Assert.Null(await _whole.FindAsync(Deep));
        await PutAsync(New("file", "content"));
        Assert.Equal(7, (await _whole.FindAsync(At("deep/sub/file")))!.Size);
        Assert.Equal(["file"], await NamesAsync());
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_not_covered_up()
    {
        await _whole.PutAsync([New("deep/sub", "a file")]);
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.ListAsync(VolumePath.Root));
        Assert.IsType<NameTakenException>(await RefusedAsync(New("file")));
        Assert.NotNull(await RemoveAsync(""));
        Assert.Equal(6, (await _whole.FindAsync(Deep))!.Size);
    }

    [Fact]
    public async Task Copies_go_by_paths_of_the_folder()
    {
        var copier = Volume.Feature<IServerSideCopy>()!;
        var entry = Assert.Single(await PutAsync(New("a/file", "content")));
        Assert.True(copier.CanCopy(entry));
        Assert.False(copier.CanCopy(entry with { Id = "another" }));
        var results = await copier.CopyAsync([(entry, At("b/copy")), (entry, VolumePath.Root)]);
        Assert.Equal(At("b/copy"), Done(results[0]).Path);
        Assert.IsType<NameTakenException>(Failed(results[1]));
        Assert.Equal("content", await TextAsync("b/copy"));
        Assert.NotNull(await _whole.FindAsync(At("deep/sub/b/copy")));
    }

    [Fact]
    public async Task What_is_stored_outside_of_the_folder_is_known_but_has_no_path_in_it()
    {
        await PutAsync(New("file", "twelve bytes"));
        var stored = Volume.Feature<IStoredContent>()!;
        Assert.Equal(At("file"), Assert.Single(stored.OfSize(12)).Path);
        Assert.Equal([VolumePath.Root, VolumePath.Root], stored.OfSize(9).Select(e => e.Path));
        Assert.Equal([9L, 12L], stored.SizesHeld([8, 9, 12]).Order());
        Done(Assert.Single(await Volume.Feature<IServerSideCopy>()!.CopyAsync([(stored.OfSize(9)[0], At("copy"))])));
        Assert.Equal("not in it", await TextAsync("copy"));
    }

    [Fact]
    public async Task Checksums_go_by_paths_of_the_folder()
    {
        var entry = Assert.Single(await PutAsync(New("f/file", "content")));
        var hasher = Volume.Feature<IContentHasher>()!;
        Assert.Equal(Whirlpool.HashData(Content("content")), await hasher.HashAsync(entry));
        var none = entry with { Path = At("f/none") };
        Assert.Equal(At("f/none"), (await Assert.ThrowsAsync<PathNotFoundException>(() => hasher.HashAsync(none))).Path.Path);
    }

    [Fact]
    public void An_ability_the_volume_inside_has_not_is_not_offered()
    {
        Assert.Null(Volume.Feature<IFileFetcher>());
        Assert.Null(Volume.Feature<IOnDisk>());
        Assert.Null(Volume.Feature<MemoryVolume>());
        Assert.Same(Volume, Volume.Feature<SubVolume>());
    }

    [Fact]
    public async Task A_disk_stays_a_disk()
    {
        using var folder = new TempFolder();
        var volume = new SubVolume(new LocalVolume(folder.Path), Deep);
        var entry = Done(Assert.Single(await volume.PutAsync([New("file", "content")])));
        var path = volume.Feature<IOnDisk>()!.DiskPath(At("file"));
        Assert.Equal(folder["deep/sub/file"], path);
        await using (var stream = await volume.Feature<IListedContent>()!.OpenAsync(entry))
            Assert.Equal(Content("content"), await ReadAllAsync(stream));
        await File.WriteAllTextAsync(path, "longer content");
        await Assert.ThrowsAsync<FichierSourceException>(() => volume.Feature<IListedContent>()!.OpenAsync(entry));
    }

    [Fact]
    public async Task Fetches_and_hidden_files_go_by_paths_of_the_folder()
    {
        var inner = new Service(_whole);
        var volume = new SubVolume(inner, At("deep"));
        var events = new EventList();
        var entry = (await volume.FindAsync(At("subject")))!;
        await volume.Feature<IFileFetcher>()!.FetchAsync(entry, "target", new FetchOptions { Progress = events });
        Assert.Equal(At("deep/subject"), inner.Fetched!.Path);
        Assert.Equal("subject", Assert.IsType<TransferEnded>(Assert.Single(events.All)).Name);
        var contents = await volume.ListAsync(VolumePath.Root);
        Assert.Equal(At("subject"), Assert.Single(contents.Hidden).Path);
        Assert.Equal(At("subject"), Assert.IsType<NameTakenException>(contents.Failure).Path.Path);
    }

    [Fact]
    public async Task Of_nothing_in_particular_it_is_the_volume_itself()
    {
        Assert.Same(_whole, VolumeLayers.Build(_whole));
        var root = new SubVolume(_whole, VolumePath.Root);
        Assert.Equal((await _whole.ListAsync(VolumePath.Root)).Entries, (await root.ListAsync(VolumePath.Root)).Entries);
    }

    /// <summary>Has what only a service has.</summary>
    private sealed class Service(IVolume inner) : VolumeDecorator(inner), IFileFetcher
    {
        public Entry? Fetched { get; private set; }

        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
        {
            var contents = await Inner.ListAsync(folder, cancellationToken);
            return contents with { Hidden = contents.Entries, Failure = new NameTakenException(contents.Entries[0].Path) };
        }

        public Task FetchAsync(Entry file, string localPath, FetchOptions? options = null, CancellationToken cancellationToken = default)
        {
            Fetched = file;
            options?.Progress?.Report(new TransferEnded(file.Path.ToString(), null));
            return Task.CompletedTask;
        }
    }
}
