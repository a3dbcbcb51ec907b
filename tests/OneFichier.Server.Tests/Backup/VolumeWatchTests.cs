using OneFichier.Drive;
using OneFichier.Server.Backup;

namespace OneFichier.Server.Tests.Backup;

public sealed class VolumeWatchTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_is_remembered_and_makes_going_on_of_no_use()
    {
        var flood = new FichierFloodException("locked") { RetryAt = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero) };
        using var watch = new VolumeWatch(new FailingVolume(flood));
        await Assert.ThrowsAsync<FichierFloodException>(() => watch.ListAsync(VolumePath.Root, Cancelled));
        Assert.Same(flood, watch.Failure);
        Assert.True(watch.Hopeless.IsCancellationRequested);
    }

    [Fact]
    public async Task A_network_that_fails_is_remembered_and_left_to_restic()
    {
        using var watch = new VolumeWatch(new FailingVolume(new FichierUnavailableException("no network")));
        await Assert.ThrowsAsync<FichierUnavailableException>(() => watch.MakeFolderAsync(VolumePath.Root, Cancelled));
        Assert.NotNull(watch.Failure);
        Assert.False(watch.Hopeless.IsCancellationRequested);
    }

    [Fact]
    public async Task What_is_not_there_is_no_failure()
    {
        using var watch = new VolumeWatch(new MemoryVolume());
        await Assert.ThrowsAsync<PathNotFoundException>(() => watch.OpenAsync(VolumePath.Parse("none"), default, Cancelled));
        Assert.Null(watch.Failure);
    }

    [Fact]
    public async Task Bytes_are_counted_both_ways()
    {
        using var watch = new VolumeWatch(new MemoryVolume());
        var path = VolumePath.Parse("a");
        await watch.PutAsync([new NewFile(path, 5, _ => ValueTask.FromResult<Stream>(new MemoryStream("hello"u8.ToArray())))], null, Cancelled);
        await using (var stream = await watch.OpenAsync(path, new ByteRange(1, 3), Cancelled))
            await stream.CopyToAsync(Stream.Null, Cancelled);
        Assert.Equal((5, 3), (watch.Sent, watch.Fetched));
    }

    private sealed class FailingVolume(Exception failure) : VolumeDecorator(new MemoryVolume())
    {
        public override Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) => throw failure;

        public override Task MakeFolderAsync(VolumePath folder, CancellationToken cancellationToken = default) => throw failure;
    }
}
