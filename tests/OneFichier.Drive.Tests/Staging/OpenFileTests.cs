using static OneFichier.Drive.Tests.Staging.SpoolBench;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>Files that are opened and then read and written at any place.</summary>
public sealed class OpenFileTests : IAsyncLifetime
{
    private readonly SpoolBench _bench = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_new_file_is_seen_at_once_by_all_and_stored_after_it_was_closed()
    {
        var file = await _bench.WriterAsync("new");
        await WriteAsync(file, "hello");
        Assert.Equal("hello", await TextAsync(_bench.Volume, "new"));
        await using (var other = await _bench.ReaderAsync("new"))
            Assert.Equal("hello", await TextAsync(other));
        await _bench.Volume.DrainAsync();
        Assert.Null(await _bench.Stored.FindAsync(At("new")));
        await file.DisposeAsync();
        await _bench.Volume.DrainAsync();
        Assert.Equal("hello", await TextAsync(_bench.Stored, "new"));
    }

    [Fact]
    public async Task What_is_opened_must_be_there_and_be_a_file_and_a_new_one_needs_its_folder()
    {
        await _bench.StoreAsync(New("f/file", "x"));
        var create = new OpenFileOptions { Write = true, Create = true, Exclusive = true };
        await Assert.ThrowsAsync<PathNotFoundException>(() => _bench.ReaderAsync("none"));
        await Assert.ThrowsAsync<PathNotFoundException>(() => _bench.WriterAsync("none/file"));
        await Assert.ThrowsAsync<PathNotFoundException>(() => _bench.WriterAsync("f/file/below"));
        await Assert.ThrowsAsync<NameTakenException>(() => _bench.WriterAsync("f"));
        await Assert.ThrowsAsync<NameTakenException>(() => _bench.Volume.OpenFileAsync(At("f/file"), create));
    }

    [Fact]
    public async Task A_little_change_of_a_stored_file_reads_the_rest_only_when_it_is_sent()
    {
        await _bench.StoreAsync(New("file", "0123456789"));
        await using (var file = await _bench.WriterAsync("file"))
        {
            await WriteAsync(file, "ab", 3);
            Assert.Equal(0, _bench.Inner.CallsOf(Testing.VolumeCall.Open));
            Assert.Equal("012ab56789", await TextAsync(file));
        }

        await _bench.Volume.DrainAsync();
        Assert.Equal("012ab56789", await TextAsync(_bench.Stored, "file"));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(4, "0123")]
    [InlineData(12, "0123456789\0\0")]
    public async Task A_stored_file_is_cut_and_lengthened(long length, string expected)
    {
        await _bench.StoreAsync(New("file", "0123456789"));
        await using (var file = await _bench.WriterAsync("file"))
        {
            await file.SetLengthAsync(length);
            Assert.Equal(expected, await TextAsync(file));
        }

        await _bench.Volume.DrainAsync();
        Assert.Equal(expected, await TextAsync(_bench.Stored, "file"));
    }

    [Fact]
    public async Task A_file_that_was_cut_and_lengthened_again_shows_zeros_and_not_what_was_there()
    {
        await _bench.StoreAsync(New("file", "0123456789"));
        await using var file = await _bench.WriterAsync("file");
        await file.SetLengthAsync(2);
        await WriteAsync(file, "x", 5);
        Assert.Equal("01\0\0\0x", await TextAsync(file));
    }

    [Fact]
    public async Task An_open_file_goes_on_when_its_folder_is_renamed_and_when_its_name_is_removed()
    {
        await _bench.StoreAsync(New("f/stored", "stored"));
        await using var stored = await _bench.ReaderAsync("f/stored");
        await using var fresh = await _bench.WriterAsync("f/new");
        await WriteAsync(fresh, "new");
        await _bench.MoveAsync("f", "g");
        Assert.Equal((At("g/stored"), At("g/new")), (stored.Entry.Path, fresh.Entry.Path));
        Assert.Equal("new", await TextAsync(_bench.Volume, "g/new"));
        await _bench.RemoveAsync("g/stored", "g/new", "g");
        await _bench.Volume.DrainAsync();
        await WriteAsync(fresh, "er", 3);
        Assert.Equal((true, true), (stored.Unlinked, fresh.Unlinked));
        Assert.Equal(("stored", "newer"), (await TextAsync(stored), await TextAsync(fresh)));
        await stored.DisposeAsync();
        await fresh.DisposeAsync();
        await _bench.Volume.DrainAsync();
        Assert.Empty((await _bench.Stored.ListAsync(VolumePath.Root)).Entries);
        Assert.Empty(Directory.GetFiles(_bench.Folder["spool/data"]));
    }

    [Fact]
    public async Task Who_reads_a_file_goes_on_reading_it_after_another_took_its_place_and_was_sent()
    {
        await _bench.StoreAsync(New("file", "old content"));
        await using var reader = await _bench.ReaderAsync("file");
        await _bench.PutAsync(New("new", "new"));
        await _bench.MoveAsync("new", "file");
        await _bench.Volume.DrainAsync();
        Assert.Equal("new", await TextAsync(_bench.Stored, "file"));
        Assert.Equal("old content", await TextAsync(reader));
    }

    [Fact]
    public async Task A_file_open_for_reading_only_refuses_to_be_written()
    {
        await _bench.StoreAsync(New("file", "x"));
        await using var file = await _bench.ReaderAsync("file");
        await Assert.ThrowsAsync<IOException>(async () => await WriteAsync(file, "y"));
        await Assert.ThrowsAsync<IOException>(async () => await file.SetLengthAsync(0));
    }

    [Fact]
    public async Task A_time_is_kept_and_a_stored_file_is_not_sent_again_for_it()
    {
        var time = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await _bench.StoreAsync(New("stored", "x"));
        await using (var file = await _bench.ReaderAsync("stored"))
            await file.SetModTimeAsync(time);
        await using (var file = await _bench.WriterAsync("new"))
        {
            await WriteAsync(file, "new");
            await file.SetModTimeAsync(time);
        }

        Assert.Equal(time, (await _bench.Volume.FindAsync(At("new")))!.ModTime);
        await _bench.Volume.DrainAsync();
        Assert.Equal((time, time), ((await _bench.Stored.FindAsync(At("stored")))!.ModTime!.Value, (await _bench.Stored.FindAsync(At("new")))!.ModTime!.Value));
        Assert.Equal(1, _bench.Inner.CallsOf(Testing.VolumeCall.Put));
    }

    [Fact]
    public async Task Each_content_has_an_id_of_its_own_and_one_written_in_order_its_checksum()
    {
        await using var file = await _bench.WriterAsync("file");
        await WriteAsync(file, "abc");
        var (id, checksum) = (file.Entry.Id, file.Entry.Checksum);
        await WriteAsync(file, "def", 3);
        Assert.NotEqual(id, file.Entry.Id);
        Assert.Equal((Hashing.Whirlpool.HashData("abc"u8), Hashing.Whirlpool.HashData("abcdef"u8)), (checksum, file.Entry.Checksum));
        await WriteAsync(file, "X", 1);
        Assert.Null(file.Entry.Checksum);
    }

    [Fact]
    public async Task A_stored_file_that_somebody_else_replaced_is_not_mixed_with_what_was_written()
    {
        await _bench.StoreAsync(New("file", "0123456789"));
        await using (var file = await _bench.WriterAsync("file"))
            await WriteAsync(file, "ab", 3);
        await _bench.StoreAsync(New("file", "from elsewhere"));
        await Assert.ThrowsAsync<IOException>(() => _bench.Volume.DrainAsync());
        Assert.Equal("from elsewhere", await TextAsync(_bench.Stored, "file"));
        Assert.NotNull(_bench.Volume.State.Failure);
    }
}
