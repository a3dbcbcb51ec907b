using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

public sealed class RecordTests
{
    private static readonly AccessCaller Caller = new("t1", "nas", "webdav", "192.168.1.7");

    private readonly MemoryVolume _whole = new();
    private readonly RecordKeeper _log = new();

    [Fact]
    public async Task Every_change_is_on_record_with_who_what_and_how_it_ended()
    {
        var volume = Audited(AccessLevel.Write);
        await volume.PutAsync([New("a/one", "1"), New("two", "22")]);
        await volume.MakeFolderAsync(At("new"));
        await volume.MoveAsync([new VolumeMove(At("two"), At("new/two")), new VolumeMove(At("none"), At("new/none"))]);
        await volume.Feature<IServerSideCopy>()!.CopyAsync([((await volume.FindAsync(At("a/one")))!, At("copy"))]);
        await volume.Feature<IFileTimes>()!.SetTimesAsync([((await volume.FindAsync(At("copy")))!, DateTimeOffset.UnixEpoch)]);
        await volume.RemoveAsync([At("copy"), At("a")]);
        Assert.Equal(
            [
                "put /home/a/one Done 1", "put /home/two Done 2", "mkdir /home/new Done", "move /home/two > /home/new/two Done", "move /home/none > /home/new/none Failed",
                "copy /home/a/one > /home/copy Done", "touch /home/copy Done", "remove /home/copy Done", "remove /home/a Failed",
            ],
            _log.Lines);
        Assert.All(_log.All, r => Assert.Equal(Caller, r.Caller));
    }

    [Fact]
    public async Task Refusals_are_on_record_with_their_reason()
    {
        await _whole.PutAsync([New("home/file", "old")]);
        var volume = Audited(AccessLevel.Append);
        await volume.PutAsync([New("file", "new"), New("added", "new")]);
        await volume.RemoveAsync([At("file")]);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Audited(AccessLevel.Read).MakeFolderAsync(At("x")));
        Assert.Equal(["put /home/file Refused", "put /home/added Done 3", "remove /home/file Refused", "mkdir /home/x Refused"], _log.Lines);
        Assert.Equal("This token may not remove anything.", _log.All[2].Reason);
    }

    [Fact]
    public async Task A_read_is_recorded_when_it_begins_and_with_its_bytes_when_it_ends()
    {
        await _whole.PutAsync([New("home/file", "0123456789")]);
        var volume = Audited(AccessLevel.Read);
        await using (var stream = await volume.OpenAsync(At("file"), new ByteRange(2, 6)))
        {
            Assert.Equal(["open /home/file Done"], _log.Lines);
            await stream.ReadExactlyAsync(new byte[4]);
        }

        await Assert.ThrowsAsync<PathNotFoundException>(() => volume.OpenAsync(At("none")));
        Assert.Equal(["open /home/file Done", "read /home/file Done 4", "open /home/none Failed"], _log.Lines);
    }

    [Fact]
    public async Task Listings_are_recorded_where_that_is_wanted()
    {
        await Audited(AccessLevel.Write).MakeFolderAsync(At("x"));
        await Audited(AccessLevel.Read).ListAsync(VolumePath.Root);
        await Audited(AccessLevel.Read, listings: true).ListAsync(At("x"));
        Assert.Equal(["mkdir /home/x Done", "list /home/x Done"], _log.Lines);
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_answered_as_a_failure()
    {
        _log.IsFull = true;
        await Assert.ThrowsAsync<IOException>(() => Audited(AccessLevel.Write).PutAsync([New("file", "1")]));
        await Assert.ThrowsAsync<IOException>(() => Audited(AccessLevel.Write).OpenAsync(At("file")));
    }

    private IVolume Audited(AccessLevel level, bool listings = false) => VolumeLayers.Build(_whole, new VolumeLayerOptions
    {
        Access = new AccessLayer(new AccessScope { Level = level, Path = At("home") }),
        Audit = new AuditLayer(Caller, _log, new AuditOptions { Root = At("home"), Listings = listings }),
    });

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static NewFile New(string path, string text) =>
        new(At(path), text.Length, _ => new ValueTask<Stream>(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(text))));
}
