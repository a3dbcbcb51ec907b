using OneFichier.Drive.Crypt;
using OneFichier.Drive.Tests.Volumes;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>What every volume promises, encrypted and on the service.</summary>
public abstract class EncryptedRemoteSuite(CryptOptions options) : VolumeSuite
{
    private readonly TempFolder _folder = new();
    private Stage _stage = null!;

    protected override int Steps => 20;

    protected override async Task<IVolume> CreateAsync()
    {
        _stage = await Stage.SetAsync();
        return new EncryptedVolume(new RemoteVolume(_stage.Tree, new RemoteVolumeOptions { JournalFolder = _folder["uploads"] }), TestKeys.Salted, options);
    }

    /// <summary>The service takes names of 255 characters.</summary>
    protected override string? CannotHold(string name) =>
        new CryptNames(TestKeys.Salted, options).StoredFile(name).Length > 255 ? "Its encrypted form is too long for the service." : null;

    protected override async ValueTask CleanUpAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_refusal_of_a_long_name_says_that_encryption_made_it_so()
    {
        Assert.SkipUnless(options.Names == NameEncryption.Standard, "Names stay as long as they are.");
        var name = new string('n', 200);
        foreach (var error in new[] { await RefusedAsync(New(name)), Failed(Assert.Single(await Volume.PutAsync([New($"{name}/below")]))) })
        {
            Assert.Contains($"'{name}' is long once it is encrypted", error.Message, StringComparison.Ordinal);
            Assert.Contains("Shorten", Assert.IsType<FichierRejectedException>(error).Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Copies_on_the_service_are_read_as_the_original_and_a_plain_volume_makes_none()
    {
        var content = Pattern.Bytes(100_000);
        var entry = Assert.Single(await PutAsync(New("f/file", content)));
        Assert.Null(entry.Link);
        Assert.False(((EncryptedVolume)Volume).Inner.Feature<IServerSideCopy>()!.CanCopy(entry));
        var copier = Volume.Feature<IServerSideCopy>()!;
        Assert.True(copier.CanCopy(entry));
        Assert.Equal(100_000, Done(Assert.Single(await copier.CopyAsync([(entry, At("g/copy"))]))).Size);
        Assert.Equal(content, await ReadAsync("g/copy"));

        Done(await MoveAsync("f/file", "f/elsewhere"));
        Done(Assert.Single(await copier.CopyAsync([(entry, At("g/again"))])));
        Assert.Equal(content, await ReadAsync("g/again"));
    }
}

public sealed class EncryptedRemoteTests() : EncryptedRemoteSuite(new());

public sealed class EncryptedRemoteWithPlainNamesTests() : EncryptedRemoteSuite(new() { Names = NameEncryption.Off });
