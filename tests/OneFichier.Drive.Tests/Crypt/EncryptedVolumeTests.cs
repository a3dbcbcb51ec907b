using OneFichier.Drive.Crypt;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Crypt;

/// <summary>What is seen from outside of an encrypted volume, and what from inside.</summary>
public sealed class EncryptedVolumeTests
{
    private readonly MemoryVolume _memory = new();
    private readonly WatchedVolume _inner;
    private readonly EncryptedVolume _volume;

    public EncryptedVolumeTests()
    {
        _inner = new WatchedVolume(_memory);
        _volume = new EncryptedVolume(_inner, TestKeys.Salted);
    }

    [Fact]
    public async Task Neither_names_nor_content_nor_sizes_show_inside()
    {
        await _volume.PutAsync([New("secret/plan.txt", "attack at dawn")]);
        var folder = Assert.Single((await _memory.ListAsync(VolumePath.Root)).Entries);
        var file = Assert.Single((await _memory.ListAsync(folder.Path)).Entries);
        Assert.DoesNotContain("secret", folder.Name, StringComparison.Ordinal);
        Assert.DoesNotContain("plan", file.Name, StringComparison.Ordinal);
        Assert.Equal(32 + 16 + 14, file.Size);
        using var stored = new StreamReader(await _memory.OpenAsync(file.Path));
        Assert.DoesNotContain("dawn", await stored.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_belong_to_the_volume_is_left_out_with_a_note_and_hides_nothing_else()
    {
        await _volume.PutAsync([New("f/good", "good")]);
        var inside = Assert.Single((await _memory.ListAsync(VolumePath.Root)).Entries).Path;
        var good = Assert.Single((await _memory.ListAsync(inside)).Entries).Name;
        var other = new CryptNames(TestKeys.Salted, new CryptOptions()).StoredFile("bad size");
        await _memory.PutAsync([New($"{inside}/readme.txt", "plain"), New($"{inside}/{good.ToUpperInvariant()}", "x"), New($"{inside}/{other}", new string('x', 40))]);
        await _memory.MakeFolderAsync(inside.Combine("plain folder"));

        var contents = await _volume.ListAsync(VolumePath.Parse("f"));
        Assert.Equal(["good"], contents.Entries.Select(e => e.Name));
        Assert.Equal(4, contents.Notes.Count);
        Assert.Contains(contents.Notes, n => n.Contains("'readme.txt'", StringComparison.Ordinal));
        Assert.Contains(contents.Notes, n => n.Contains("'plain folder'", StringComparison.Ordinal));
        Assert.Contains(contents.Notes, n => n.Contains("'bad size' has 40 bytes", StringComparison.Ordinal));
        await Assert.ThrowsAsync<FichierIntegrityException>(async () => await _volume.FindAsync(VolumePath.Parse("f/bad size")));
        Assert.Null(Assert.Single(await _volume.PutAsync([New("f/bad size", "healed")])).Error);
        Assert.Equal(["bad size", "good"], (await _volume.ListAsync(VolumePath.Parse("f"))).Entries.Select(e => e.Name));
    }

    [Theory]
    [InlineData(NameEncryption.Standard)]
    [InlineData(NameEncryption.Off)]
    public async Task A_name_too_long_to_be_encrypted_is_refused_in_words_and_is_not_there(NameEncryption names)
    {
        var volume = new EncryptedVolume(_memory, TestKeys.Salted, new CryptOptions { Names = names });
        var path = VolumePath.Parse($"f/{new string('n', 2048)}");
        await volume.PutAsync([New("f/x", "x")]);
        var put = Assert.Single(await volume.PutAsync([New(path.ToString(), "x")]));
        if (names == NameEncryption.Off)
        {
            Assert.Null(put.Error);
            return;
        }

        Assert.Contains("too long", put.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("too long", Assert.Single(await volume.MoveAsync([new VolumeMove(VolumePath.Parse("f/x"), path)])).Error!.Message, StringComparison.Ordinal);
        Assert.Null(await volume.FindAsync(path));
        Assert.IsType<PathNotFoundException>(Assert.Single(await volume.RemoveAsync([path])).Error);
        await Assert.ThrowsAsync<PathNotFoundException>(() => volume.OpenAsync(path));
        await Assert.ThrowsAsync<PathNotFoundException>(() => volume.ListAsync(path));
        Assert.Null(Assert.Single(await volume.PutAsync([New($"f/{new string('n', 2047)}", "x")])).Error);
    }

    [Fact]
    public async Task Moves_of_many_files_stay_one_call_also_where_files_and_folders_are_named_differently()
    {
        var volume = new EncryptedVolume(_inner, TestKeys.Salted, new CryptOptions { Names = NameEncryption.Off });
        await volume.PutAsync([.. Enumerable.Range(0, 20).Select(n => New($"f/{n}", $"{n}")), New("f/folder/x", "x")]);
        await volume.MakeFolderAsync(VolumePath.Parse("g"));
        _inner.Moves.Clear();
        string[] names = [.. Enumerable.Range(0, 20).Select(n => $"{n}"), "folder"];
        var results = await volume.MoveAsync([.. names.Select(n => new VolumeMove(VolumePath.Parse($"f/{n}"), VolumePath.Parse($"g/{n}")))]);
        Assert.All(results, r => Assert.Null(r.Error));
        Assert.Single(_inner.Moves);
        Assert.NotNull(await _memory.FindAsync(VolumePath.Parse("g/7.bin")));
        Assert.NotNull(await _memory.FindAsync(VolumePath.Parse("g/folder/x.bin")));
    }

    [Fact]
    public async Task Copies_are_made_inside_of_files_with_the_same_keys_and_of_no_others()
    {
        var content = Pattern.Bytes(100_000);
        var file = New("f/file", "") with { Length = content.Length, OpenAsync = _ => new ValueTask<Stream>(new MemoryStream(content)) };
        var entry = Assert.Single(await _volume.PutAsync([file])).Entry!;
        var plain = Assert.Single(await _memory.PutAsync([New("plain", "plain")])).Entry!;
        var copier = _volume.Feature<IServerSideCopy>()!;
        Assert.True(copier.CanCopy(entry));
        Assert.False(copier.CanCopy(plain));
        Assert.False(copier.CanCopy((await _volume.FindAsync(VolumePath.Parse("f")))!));
        Assert.False(_memory.CanCopy(entry));
        Assert.False(new EncryptedVolume(_memory, TestKeys.Unsalted).Feature<IServerSideCopy>()!.CanCopy(entry));

        var results = await copier.CopyAsync([(entry, VolumePath.Parse("g/copy")), (plain, VolumePath.Parse("g/no")), (entry, VolumePath.Parse($"g/{new string('n', 3000)}"))]);
        Assert.Equal(["g/copy", "g/no"], results.Take(2).Select(r => r.Path.ToString()));
        Assert.Equal((VolumePath.Parse("g/copy"), 100_000L), (results[0].Entry!.Path, results[0].Entry!.Size));
        Assert.IsType<PathNotFoundException>(results[1].Error);
        Assert.NotNull(results[2].Error);
        using var copy = new MemoryStream();
        await (await _volume.OpenAsync(VolumePath.Parse("g/copy"))).CopyToAsync(copy);
        Assert.Equal(content, copy.ToArray());
    }

    [Fact]
    public async Task A_file_that_was_replaced_since_is_not_copied_in_the_old_ones_place()
    {
        var old = Assert.Single(await _volume.PutAsync([New("file", "old")])).Entry!;
        await _volume.PutAsync([New("file", "new")]);
        var copier = _volume.Feature<IServerSideCopy>()!;
        Assert.False(copier.CanCopy(old));
        Assert.IsType<PathNotFoundException>(Assert.Single(await copier.CopyAsync([(old, VolumePath.Parse("copy"))])).Error);
    }

    [Fact]
    public void What_speaks_of_content_or_its_place_does_not_show_through()
    {
        Assert.False(_volume.Traits.Checksums);
        Assert.Null(_volume.Feature<IStoredContent>());
        Assert.Null(_volume.Feature<IContentHasher>());
        Assert.Null(_volume.Feature<IFileFetcher>());
        using var folder = new TempFolder();
        Assert.Null(new EncryptedVolume(new LocalVolume(folder.Path), TestKeys.Salted).Feature<IOnDisk>());
        Assert.Null(new EncryptedVolume(new LocalVolume(folder.Path), TestKeys.Salted).Feature<IServerSideCopy>());
        Assert.Same(_volume, _volume.Feature<EncryptedVolume>());
    }

    [Fact]
    public async Task No_error_and_no_event_tells_a_name_that_is_stored()
    {
        await _volume.PutAsync([New("f/file", "x")]);
        var stored = (await _memory.ListAsync(VolumePath.Root)).Entries[0].Name;
        var events = new EventList();
        await _volume.PutAsync([New("f/file/below", "x"), New("f/new", "x")], new PutOptions { Progress = events });
        var errors = new[]
        {
            await Assert.ThrowsAsync<PathNotFoundException>(() => _volume.ListAsync(VolumePath.Parse("f/none"))),
            Assert.Single(await _volume.MoveAsync([new VolumeMove(VolumePath.Parse("f/file"), VolumePath.Parse("f/none/x"))])).Error!,
            Assert.Single(await _volume.RemoveAsync([VolumePath.Parse("f")])).Error!,
            await Assert.ThrowsAsync<NameTakenException>(() => _volume.MakeFolderAsync(VolumePath.Parse("f/file"))),
        };
        Assert.Equal(["There is no folder 'f/none'.", "There is no folder 'f/none'.", "The folder 'f' is not empty.", "There is already something at 'f/file'."], errors.Select(e => e.Message));
        Assert.DoesNotContain(events.All, e => e.ToString().Contains(stored, StringComparison.Ordinal));
        Assert.Contains(events.All.OfType<TransferEnded>(), e => e is { Name: "f/file/below", Error: NameTakenException { Path.Path.Name: "file" } });
    }

    [Fact]
    public void Keys_tell_nothing_and_work_no_more_once_disposed_of()
    {
        var keys = CryptKeys.Derive("hunter2", "salt");
        Assert.Equal(CryptKeysOf("hunter2", "salt"), keys.Fingerprint);
        Assert.NotEqual(CryptKeysOf("hunter2", "other"), keys.Fingerprint);
        Assert.Equal(CryptKeysOf("hunter2", null), CryptKeysOf("hunter2", ""));
        Assert.DoesNotContain("hunter2", keys.ToString(), StringComparison.Ordinal);
        var names = new CryptNames(keys, new CryptOptions());
        keys.Dispose();
        keys.Dispose();
        Assert.Throws<ObjectDisposedException>(() => names.StoredFile("x"));
        Assert.Throws<ArgumentException>(() => CryptKeys.Derive(""));
    }

    private static string CryptKeysOf(string password, string? salt)
    {
        using var keys = CryptKeys.Derive(password, salt);
        return keys.Fingerprint;
    }

    private static NewFile New(string path, string text)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(text);
        return new NewFile(VolumePath.Parse(path), content.Length, _ => new ValueTask<Stream>(new MemoryStream(content)));
    }
}
