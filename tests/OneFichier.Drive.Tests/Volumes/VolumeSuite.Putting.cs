using OneFichier.Hashing;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(100_000)]
    public async Task What_is_put_is_what_is_read(int length)
    {
        var content = Pattern.Bytes(length, length);
        var entry = Assert.Single(await PutAsync(New("file", content)));
        Assert.Equal(length, entry.Size);
        Assert.Equal(content, await ReadAsync("file"));
        Assert.Equal(length, (await Volume.FindAsync(At("file")))!.Size);
    }

    [Fact]
    public async Task A_put_makes_the_folders_that_are_missing_and_leaves_those_that_are_there()
    {
        await PutAsync(New("a/there"));
        await PutAsync(New("a/b/c/file"), New("a/d/file"));
        Assert.Equal(["b/", "d/", "there"], await NamesAsync("a"));
        Assert.Equal(["file"], await NamesAsync("a/b/c"));
    }

    [Fact]
    public async Task One_call_puts_many_files_over_many_folders()
    {
        var files = Enumerable.Range(0, 60).Select(n => New($"f{n % 7}/g{n % 3}/{n}", $"content {n}")).ToArray();
        await PutAsync(files);
        for (var n = 0; n < 60; n++)
            Assert.Equal($"content {n}", await TextAsync($"f{n % 7}/g{n % 3}/{n}"));
    }

    [Fact]
    public async Task A_call_with_nothing_in_it_does_nothing()
    {
        Assert.Empty(await Volume.PutAsync([]));
        Assert.Empty(await Volume.MoveAsync([]));
        Assert.Empty(await Volume.RemoveAsync([]));
    }

    [Theory]
    [InlineData("the first content", "another")]
    [InlineData("", "no longer empty")]
    [InlineData("no longer there", "")]
    [InlineData("same size", "size same")]
    [InlineData("the same", "the same")]
    public async Task A_file_that_is_there_is_replaced(string before, string after)
    {
        await PutAsync(New("f/file", before));
        var entry = Assert.Single(await PutAsync(New("f/file", after)));
        Assert.Equal(Content(after).Length, entry.Size);
        Assert.Equal(after, await TextAsync("f/file"));
        Assert.Equal(["file"], await NamesAsync("f"));
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_when_the_caller_says_so()
    {
        await PutAsync(New("f/file", "stays"));
        var results = await Volume.PutAsync([New("f/file", "refused"), New("f/new", "put")], new PutOptions { KeepExisting = true });
        Assert.Equal(At("f/file"), Assert.IsType<NameTakenException>(Failed(results[0])).Path.Path);
        Done(results[1]);
        Assert.Equal(("stays", "put"), (await TextAsync("f/file"), await TextAsync("f/new")));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("folder/file/below")]
    [InlineData("folder/file/below/deeper")]
    [InlineData("")]
    public async Task A_file_takes_no_folders_place_and_a_file_is_no_folder(string path)
    {
        await PutAsync(New("folder/file", "stays"));
        Assert.IsType<NameTakenException>(await RefusedAsync(New(path, "refused")));
        Assert.Equal(["folder/"], await NamesAsync());
        Assert.Equal("stays", await TextAsync("folder/file"));
    }

    [Fact]
    public async Task A_checksum_that_is_known_is_accepted_when_it_is_right()
    {
        var content = Pattern.Bytes(5000);
        await PutAsync(New("file", content) with { Checksum = Whirlpool.HashData(content) }, New("empty", []) with { Checksum = WhirlpoolHash.Empty });
        Assert.Equal(content, await ReadAsync("file"));
    }

    [Fact]
    public async Task Checksums_are_those_of_the_content_where_they_come_with_the_entries()
    {
        var content = Pattern.Bytes(5000);
        var put = await PutAsync(New("file", content), New("empty", []));
        WhirlpoolHash?[] right = Volume.Traits.Checksums ? [Whirlpool.HashData(content), WhirlpoolHash.Empty] : [null, null];
        Assert.Equal(right, put.Select(e => e.Checksum));
        Assert.Equal(right, [(await Volume.FindAsync(At("file")))!.Checksum, (await Volume.FindAsync(At("empty")))!.Checksum]);
        Assert.Equal(right.Reverse(), (await Volume.ListAsync(VolumePath.Root)).Entries.Select(e => e.Checksum));
    }

    [Fact]
    public async Task Modification_times_are_kept_to_the_precision_that_is_stated()
    {
        Assert.SkipUnless(Volume.Traits.ModTimePrecision is not null, "No modification times are kept here.");
        DateTimeOffset[] times = [new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero), new DateTimeOffset(2026, 7, 8, 9, 10, 11, TimeSpan.FromHours(2)).AddTicks(1234567)];
        await PutAsync([.. times.Select((t, n) => New($"f/{n}") with { ModTime = t })]);
        await PutAsync(New("f/0", "replaced") with { ModTime = times[1] });
        await MoveAsync("f/1", "moved");
        foreach (var path in new[] { "f/0", "moved" })
            Assert.InRange(((await Volume.FindAsync(At(path)))!.ModTime!.Value - times[1]).Duration(), TimeSpan.Zero, Volume.Traits.ModTimePrecision.Value);
    }

    [Fact]
    public async Task Modification_times_are_changed_without_a_put_where_that_is_offered()
    {
        var setter = Volume.Feature<IFileTimes>();
        Assert.Equal(Volume.Traits.SetsTimes, setter is not null);
        Assert.SkipUnless(setter is not null, "Modification times cannot be changed here.");
        var files = await PutAsync(New("f/one", "1") with { ModTime = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero) }, New("f/gone", "2"));
        Assert.Null(await RemoveAsync("f/gone"));
        var time = new DateTimeOffset(2010, 11, 12, 13, 14, 15, TimeSpan.Zero);
        var results = await setter.SetTimesAsync([(files[0], time), (files[1], time)]);
        Assert.Equal(files.Select(f => f.Path), results.Select(r => r.Path));
        Assert.InRange((Done(results[0]).ModTime!.Value - time).Duration(), TimeSpan.Zero, Volume.Traits.ModTimePrecision!.Value);
        Assert.IsType<PathNotFoundException>(Failed(results[1]));
        Assert.InRange(((await Volume.FindAsync(At("f/one")))!.ModTime!.Value - time).Duration(), TimeSpan.Zero, Volume.Traits.ModTimePrecision.Value);
        Assert.Equal("1", await TextAsync("f/one"));
    }

    [Fact]
    public async Task Whoever_wants_to_know_is_told_of_each_file_under_its_path()
    {
        var events = new EventList();
        await Volume.PutAsync(
            [New("a/one", "1"), New("a/broken") with { OpenAsync = _ => throw new IOException("broken") }, New("b/two", new byte[50_000]), New("b/empty", "")],
            new PutOptions { Progress = events });
        var ends = events.All.OfType<TransferEnded>().ToLookup(e => e.Name, e => e.Error is null);
        Assert.Equal(["a/broken", "a/one", "b/empty", "b/two"], ends.Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.All(ends, e => Assert.Equal(e.Key != "a/broken", Assert.Single(e)));
        Assert.Equal((50_000, 50_000), events.All.OfType<TransferAdvanced>().Where(e => e.Name == "b/two").Select(e => (e.Done, e.Total)).Last());
    }

    [Fact]
    public async Task Many_may_put_into_one_folder_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(t => Task.Run(() => PutAsync(New($"new/deep/{t}", $"{t}"), New($"new/deep/{t}.2", $"{t}.2")))));
        Assert.Equal(24, (await NamesAsync("new/deep")).Count);
        Assert.Equal(["deep/"], await NamesAsync("new"));
        for (var t = 0; t < 12; t++)
            Assert.Equal($"{t}.2", await TextAsync($"new/deep/{t}.2"));
    }

    [Fact]
    public async Task Of_many_who_put_the_same_file_at_once_one_wins_and_nothing_is_mixed()
    {
        var contents = Enumerable.Range(0, 6).Select(t => Pattern.Bytes(20_000 + t, t)).ToArray();
        await Task.WhenAll(contents.Select(c => Task.Run(() => PutAsync(New("f/same", c)))));
        Assert.Contains(await ReadAsync("f/same"), contents);
        Assert.Equal(["same"], await NamesAsync("f"));
    }
}
