using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public class LocalVolumeTests : VolumeSuite
{
    protected TempFolder Folder { get; } = new();

    protected override Task<IVolume> CreateAsync() => Task.FromResult<IVolume>(new LocalVolume(Folder["root"]));

    protected override ValueTask CleanUpAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class LocalVolumeThatFollowsLinksTests : LocalVolumeTests
{
    protected override Task<IVolume> CreateAsync() =>
        Task.FromResult<IVolume>(new LocalVolume(Folder["root"], new LocalVolumeOptions { FollowLinks = true, Durable = true }));
}

public sealed class FolderOfALocalVolumeTests : LocalVolumeTests
{
    protected override Task<IVolume> CreateAsync() => Task.FromResult<IVolume>(new SubVolume(new LocalVolume(Folder.Path), At("deep/er")));
}
