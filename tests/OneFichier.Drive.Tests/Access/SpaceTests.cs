using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Access;

public sealed class SpaceTests
{
    [Fact]
    public async Task A_disk_tells_its_room_even_for_a_folder_that_is_not_there_yet()
    {
        using var folder = new TempFolder();
        var space = await new LocalVolume(folder["not/yet"]).Feature<IVolumeSpace>()!.SpaceAsync();
        Assert.True(space is { Used: > 0, Available: > 0 });
    }

    [Fact]
    public async Task An_account_tells_its_room_for_one_request_in_five_minutes_shared_by_all_who_ask()
    {
        await using var stage = await Stage.SetAsync();
        var volume = new SubVolume(new RemoteVolume(stage.Tree), VolumePath.Parse("media"));
        var space = await volume.Feature<IVolumeSpace>()!.SpaceAsync();
        Assert.True(space is { Used: >= 0, Available: > 0 });
        Assert.Equal(1, stage.Cost);
        Assert.Equal(space, await new RemoteVolume(stage.Tree).SpaceAsync());
        Assert.Equal(0, stage.Cost);
    }
}
