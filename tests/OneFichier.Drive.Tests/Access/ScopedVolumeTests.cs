using OneFichier.Drive.Access;
using OneFichier.Drive.Tests.Volumes;

namespace OneFichier.Drive.Tests.Access;

/// <summary>Within its folder a token that may write has a volume like any other.</summary>
public sealed class ScopedVolumeTests : VolumeSuite
{
    private static readonly VolumePath Media = VolumePath.Parse("home/media");

    private readonly MemoryVolume _whole = new();

    protected override async Task<IVolume> CreateAsync()
    {
        await _whole.PutAsync([New("home/media.txt", "not in it"), New("home/secret/key", "not in it")]);
        return VolumeLayers.Build(_whole, new VolumeLayerOptions { Access = new AccessLayer(new AccessScope { Level = AccessLevel.Write, Path = Media }, new Meter(long.MaxValue)) });
    }

    protected override async ValueTask CleanUpAsync()
    {
        foreach (var path in new[] { "home/media.txt", "home/secret/key" })
            Assert.Equal(9, (await _whole.FindAsync(At(path)))!.Size);
    }

    [Theory]
    [InlineData("home/secret/key")]
    [InlineData("../secret/key")]
    [InlineData("../../home/secret/key")]
    [InlineData("..")]
    [InlineData("./../media.txt")]
    public async Task Nothing_outside_of_its_folder_exists_for_a_token(string path)
    {
        Assert.Null(await Volume.FindAsync(At(path)));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.OpenAsync(At(path)));
        await Assert.ThrowsAsync<PathNotFoundException>(() => Volume.ListAsync(At(path)));
        Assert.IsType<PathNotFoundException>(await RemoveAsync(path));
        Assert.IsType<PathNotFoundException>((await MoveAsync(path, "mine")).Error);
    }

    [Fact]
    public async Task What_it_writes_lies_in_its_folder()
    {
        await PutAsync(New("../escaped", "no"), New("film.mkv", "yes"));
        Assert.Equal(3, (await _whole.FindAsync(At("home/media/film.mkv")))!.Size);
        Assert.Null(await _whole.FindAsync(At("home/escaped")));
    }

    [Fact]
    public async Task The_root_of_its_folder_cannot_be_removed_or_moved()
    {
        await PutAsync(New("film.mkv"));
        Assert.NotNull(await RemoveAsync(""));
        Assert.NotNull((await MoveAsync("", "other")).Error);
        Assert.NotNull(await _whole.FindAsync(At("home/media/film.mkv")));
    }

    [Fact]
    public async Task A_copy_on_the_service_takes_only_what_the_token_can_see()
    {
        var mine = Assert.Single(await PutAsync(New("mine", "my own")));
        var foreign = (await _whole.FindAsync(At("home/secret/key")))!;
        var copier = Volume.Feature<IServerSideCopy>()!;
        var results = await copier.CopyAsync([(mine, At("mine too")), (foreign, At("stolen")), (foreign with { Path = mine.Path }, At("stolen"))]);
        Assert.Equal("my own", await TextAsync("mine too"));
        Assert.IsType<UnauthorizedAccessException>(Failed(results[1]));
        Assert.IsType<UnauthorizedAccessException>(Failed(results[2]));
        Assert.Null(await Volume.FindAsync(At("stolen")));
        Done(results[0]);
    }

    [Fact]
    public void Abilities_that_reach_beyond_the_folder_are_withheld()
    {
        Assert.Null(Volume.Feature<IStoredContent>());
        Assert.Null(Volume.Feature<IFileFetcher>());
        Assert.Null(Volume.Feature<IOnDisk>());
        Assert.Null(Volume.Feature<MemoryVolume>());
        Assert.Null(Volume.Feature<SubVolume>());
        Assert.Null(Volume.Feature<IWritableFiles>());
        Assert.Same(Volume, Volume.Feature<ScopedVolume>());
    }
}
