using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

/// <summary>After any fault each path shows what was there before or what was to be there, never something between.</summary>
public sealed class FaultTests : IDisposable
{
    private static readonly VolumeCall[] Changes = [VolumeCall.Put, VolumeCall.MakeFolder, VolumeCall.Move, VolumeCall.Remove];

    private readonly TempFolder _folder = new();

    public static TheoryData<bool, VolumeCall, FaultMoment, bool> Faults
    {
        get
        {
            var data = new TheoryData<bool, VolumeCall, FaultMoment, bool>();
            foreach (var call in Changes)
                foreach (var moment in Enum.GetValues<FaultMoment>())
                    foreach (var (local, inResults) in new[] { (false, false), (false, true), (true, false), (true, true) })
                        data.Add(local, call, moment, inResults);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_tree_is_as_before_or_as_after(bool local, VolumeCall call, FaultMoment moment, bool inResults)
    {
        var (wanted, volume) = (await FullAsync(new MemoryVolume()), await FullAsync(local ? new LocalVolume(_folder.Path) : new MemoryVolume()));
        var before = await VolumeSuite.LinesAsync(volume);
        await ChangeAsync(wanted, call);
        var after = await VolumeSuite.LinesAsync(wanted);
        var faulty = new FaultyVolume(volume, new VolumeFault(call, moment) { InResults = inResults });

        var failed = await FailsAsync(() => ChangeAsync(faulty, call));

        Assert.True(failed);
        var now = await VolumeSuite.LinesAsync(volume);
        Assert.All(now, line => Assert.Contains(line, before.Concat(after)));
        Assert.All(before.Intersect(after), line => Assert.Contains(line, now));
        Assert.Equal((moment == FaultMoment.Before, moment == FaultMoment.After), (now.SequenceEqual(before), now.SequenceEqual(after)));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_same_again_finishes_what_was_begun(bool local, VolumeCall call, FaultMoment moment, bool inResults)
    {
        var (wanted, volume) = (await FullAsync(new MemoryVolume()), await FullAsync(local ? new LocalVolume(_folder.Path) : new MemoryVolume()));
        await ChangeAsync(wanted, call);
        var faulty = new FaultyVolume(volume, new VolumeFault(call, moment) { InResults = inResults });

        Assert.True(await FailsAsync(() => ChangeAsync(faulty, call)));
        await ChangeAsync(faulty, call);

        Assert.Equal(await VolumeSuite.LinesAsync(wanted), await VolumeSuite.LinesAsync(volume));
    }

    [Fact]
    public async Task A_stream_that_is_cut_breaks_in_the_middle_and_the_next_is_whole()
    {
        var volume = new FaultyVolume(await FullAsync(new MemoryVolume()), new VolumeFault(VolumeCall.Open, FaultMoment.Halfway));
        var buffer = new byte[100];
        await using var cut = await volume.OpenAsync(VolumePath.Parse("f/old"));
        Assert.Equal(5, await cut.ReadAsync(buffer));
        await Assert.ThrowsAsync<IOException>(async () => await cut.ReadExactlyAsync(buffer));
        await using var whole = await volume.OpenAsync(VolumePath.Parse("f/old"));
        Assert.Equal(11, await whole.ReadAtLeastAsync(buffer, 11));
        Assert.Equal(2, volume.CallsOf(VolumeCall.Open));
    }

    public void Dispose() => _folder.Dispose();

    private static NewFile New(string path, string content) =>
        new(VolumePath.Parse(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(content))));

    private static async Task<IVolume> FullAsync(IVolume volume)
    {
        await volume.PutAsync([New("f/old", "old content"), New("f/other", "other"), New("g/x", "x"), New("g/y", "y")]);
        return volume;
    }

    private static async Task<bool> FailsAsync(Func<Task<bool>> change)
    {
        try
        {
            return !await change();
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <returns>Whether all of it says that it is done, or was done before.</returns>
    private static async Task<bool> ChangeAsync(IVolume volume, VolumeCall call)
    {
        if (call == VolumeCall.MakeFolder)
        {
            await volume.MakeFolderAsync(VolumePath.Parse("h/i/j"));
            return true;
        }

        var results = call switch
        {
            VolumeCall.Put => await volume.PutAsync([New("f/first", "1"), New("f/other", "changed"), New("f/old", "new content"), New("k/last", "2")]),
            VolumeCall.Move => await volume.MoveAsync([Move("f/old", "g/old"), Move("g/x", "z"), Move("f/other", "o"), Move("g/y", "yy")]),
            _ => await volume.RemoveAsync([.. new[] { "g/x", "g/y", "g", "f/old" }.Select(VolumePath.Parse)]),
        };
        return results.All(r => r.Error is null or PathNotFoundException);
    }

    private static VolumeMove Move(string from, string to) => new(VolumePath.Parse(from), VolumePath.Parse(to));
}
