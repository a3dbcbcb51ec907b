using OneFichier.Drive.Staging;
using OneFichier.Testing;
using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Large files go by themselves, a few at a time, and hold up nothing else.</summary>
public sealed class LargeFileTests : IAsyncLifetime
{
    private const int Large = 101;

    private readonly SpoolBench _bench = new(new SpoolOptions { Folder = "", BatchBytes = Large - 1 });
    private HeldVolume _held = null!;

    private SpooledVolume Volume => _bench.Volume;

    public async ValueTask InitializeAsync() => await _bench.ReopenAsync(inner => _held = new HeldVolume(inner, f => f.Length >= Large));

    public ValueTask DisposeAsync()
    {
        _held.Release();
        return _bench.DisposeAsync();
    }

    [Fact]
    public async Task What_is_saved_while_a_large_file_is_on_its_way_does_not_wait_for_it()
    {
        await PutLargeAsync("film");
        await _bench.Time.RunAsync(_held.Putting);
        await _bench.PutAsync(New("note", "small"));
        await _bench.Time.RunAsync(StoredAsync("note"));
        Assert.Null(await _bench.Stored.FindAsync(At("film")));
        _held.Release();
        await Volume.DrainAsync();
        Assert.Equal(Large, (await TextAsync(_bench.Stored, "film")).Length);
        Assert.Equal((0, 0), (Volume.State.Files, Volume.State.Changes));
    }

    [Fact]
    public async Task Several_go_at_once_but_not_all()
    {
        for (var n = 0; n < 7; n++)
            await PutLargeAsync($"d/{n}");
        var drain = Volume.DrainAsync();
        await Until.TrueAsync(() => _held.Held.Count == 3);
        await _bench.PutAsync(New("d/note", "small"));
        await _bench.Time.RunAsync(StoredAsync("d/note"));
        Assert.Equal(3, _held.Held.Count);
        _held.Release();
        await drain;
        Assert.Equal(8, (await _bench.Stored.ListAsync(At("d"))).Entries.Count);
    }

    [Fact]
    public async Task One_that_changes_is_called_off_alone()
    {
        await PutLargeAsync("a");
        await PutLargeAsync("b");
        var drain = Volume.DrainAsync();
        await Until.TrueAsync(() => _held.Held.Count == 2);
        await using (var file = await _bench.WriterAsync("a"))
        {
            await WriteAsync(file, "changed");
            Assert.Equal([At("b")], _held.Held.Keys);
        }

        _held.Release();
        await drain;
        await Volume.DrainAsync();
        Assert.StartsWith("changed", await TextAsync(_bench.Stored, "a"), StringComparison.Ordinal);
        Assert.Equal(1 + 1, _bench.Inner.CallsOf(VolumeCall.Put));
    }

    [Fact]
    public async Task Draining_waits_for_those_that_were_on_their_way_and_tells_what_it_could_not_send()
    {
        await PutLargeAsync("film");
        await _bench.Time.RunAsync(_held.Putting);
        _bench.Inner.Add(new VolumeFault(VolumeCall.Put, FaultMoment.Before, 1));
        _bench.Inner.Add(new VolumeFault(VolumeCall.Put, FaultMoment.Before, 2));
        var drain = Volume.DrainAsync();
        Assert.False(drain.IsCompleted);
        _held.Release();
        var failure = await Assert.ThrowsAsync<IOException>(() => drain);
        Assert.Contains("A fault on cue", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(Volume.State.Failure);
        await _bench.Time.RunAsync(StoredAsync("film"));
        await _bench.Time.RunAsync(Until.TrueAsync(() => Volume.State is { Files: 0, Failure: null }));
    }

    [Fact]
    public async Task The_end_of_the_volume_ends_those_on_their_way_and_the_next_sends_them()
    {
        await PutLargeAsync("film");
        await _bench.Time.RunAsync(_held.Putting);
        await _bench.ReopenAsync();
        Assert.Empty(_held.Held);
        await Volume.DrainAsync();
        Assert.NotNull(await _bench.Stored.FindAsync(At("film")));
    }

    private Task PutLargeAsync(string path) => _bench.PutAsync(New(path, new string('x', Large)));

    private Task StoredAsync(string path) => Until.TrueAsync(async () => await _bench.Stored.FindAsync(At(path)) is not null);
}
