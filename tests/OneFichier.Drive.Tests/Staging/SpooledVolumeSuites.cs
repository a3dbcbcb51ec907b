using OneFichier.Drive.Crypt;
using OneFichier.Drive.Staging;
using OneFichier.Drive.Tests.Crypt;
using OneFichier.Drive.Tests.Volumes;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>What every volume promises, of the spooled one: while everything waits, or after all of it was sent.</summary>
public abstract class SpooledVolumeSuite(bool drained) : VolumeSuite
{
    private readonly TempFolder _folder = new();
    private Stage? _stage;
    private IVolume _inner = null!;

    protected TempFolder Folder => _folder;

    protected override int Steps => 40;

    protected async Task<RemoteVolume> RemoteAsync()
    {
        _stage = await Stage.SetAsync();
        return new RemoteVolume(_stage.Tree, new RemoteVolumeOptions { JournalFolder = _folder["uploads"] });
    }

    protected abstract Task<IVolume> InnerAsync();

    protected override async Task<IVolume> CreateAsync()
    {
        _inner = await InnerAsync();
        var spooled = new SpooledVolume(_inner, new SpoolOptions { Folder = _folder["spool"], Time = new ManualTime() });
        return drained ? new DrainedVolume(spooled) : spooled;
    }

    protected override async ValueTask CleanUpAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class SpooledMemoryTests() : SpooledVolumeSuite(drained: false)
{
    protected override Task<IVolume> InnerAsync() => Task.FromResult<IVolume>(new MemoryVolume());
}

public sealed class DrainedMemoryTests() : SpooledVolumeSuite(drained: true)
{
    protected override Task<IVolume> InnerAsync() => Task.FromResult<IVolume>(new MemoryVolume());
}

public sealed class SpooledRemoteTests() : SpooledVolumeSuite(drained: false)
{
    protected override int Steps => 20;

    protected override async Task<IVolume> InnerAsync() => await RemoteAsync();
}

public sealed class DrainedRemoteTests() : SpooledVolumeSuite(drained: true)
{
    protected override int Steps => 15;

    protected override async Task<IVolume> InnerAsync() => await RemoteAsync();
}

public sealed class SpooledEncryptedTests() : SpooledVolumeSuite(drained: false)
{
    protected override Task<IVolume> InnerAsync() => Task.FromResult<IVolume>(new EncryptedVolume(new MemoryVolume(), TestKeys.Salted, new CryptOptions()));
}

/// <summary>With plain names: one that is too long once it is encrypted would be refused only when it is sent.</summary>
public sealed class DrainedEncryptedRemoteTests() : SpooledVolumeSuite(drained: true)
{
    protected override int Steps => 10;

    protected override async Task<IVolume> InnerAsync() => new EncryptedVolume(await RemoteAsync(), TestKeys.Salted, new CryptOptions { Names = NameEncryption.Off });
}
