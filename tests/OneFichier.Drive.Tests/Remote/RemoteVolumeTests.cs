using OneFichier.Drive.Tests.Volumes;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Remote;

public sealed class RemoteVolumeTests : VolumeSuite
{
    private readonly TempFolder _folder = new();
    private Stage _stage = null!;

    protected override int Steps => 60;

    protected override async Task<IVolume> CreateAsync()
    {
        _stage = await Stage.SetAsync();
        return new RemoteVolume(_stage.Tree, new RemoteVolumeOptions { JournalFolder = _folder["uploads"] });
    }

    protected override async ValueTask CleanUpAsync()
    {
        var journals = Directory.Exists(_folder["uploads"]) ? Directory.GetFiles(_folder["uploads"]) : [];
        await _stage.DisposeAsync();
        _folder.Dispose();
        if (TestContext.Current.TestMethod?.MethodName.Contains("cancelled", StringComparison.Ordinal) != true)
            Assert.Empty(journals);
    }
}
