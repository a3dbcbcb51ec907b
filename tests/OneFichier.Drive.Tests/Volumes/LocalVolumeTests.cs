using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public sealed class LocalVolumeTests : VolumeSuite
{
    private readonly TempFolder _folder = new();

    protected override Task<IVolume> CreateAsync() => Task.FromResult<IVolume>(new LocalVolume(_folder["root"]));

    protected override ValueTask CleanUpAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
