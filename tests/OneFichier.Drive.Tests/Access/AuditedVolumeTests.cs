using OneFichier.Drive.Access;
using OneFichier.Drive.Tests.Volumes;

namespace OneFichier.Drive.Tests.Access;

/// <summary>A record changes nothing of what a volume does.</summary>
public sealed class AuditedVolumeTests : VolumeSuite
{
    protected override Task<IVolume> CreateAsync() => Task.FromResult(VolumeLayers.Build(new MemoryVolume(), new VolumeLayerOptions
    {
        Access = new AccessLayer(new AccessScope { Level = AccessLevel.Write }),
        Audit = new AuditLayer(new AccessCaller("id", "user", "webdav", "127.0.0.1"), new RecordKeeper(), new AuditOptions { Listings = true }),
    }));
}
