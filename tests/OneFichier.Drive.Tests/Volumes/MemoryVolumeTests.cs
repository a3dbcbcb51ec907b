namespace OneFichier.Drive.Tests.Volumes;

public sealed class MemoryVolumeTests : VolumeSuite
{
    protected override Task<IVolume> CreateAsync() => Task.FromResult<IVolume>(new MemoryVolume());
}
