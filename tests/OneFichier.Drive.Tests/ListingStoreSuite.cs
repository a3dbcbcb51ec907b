namespace OneFichier.Drive.Tests;

/// <summary>What every listing store owes to those who use it. A new store passes by naming itself.</summary>
public abstract class ListingStoreSuite
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(60);
    private static readonly FolderId Docs = new(7);

    protected abstract IListingStore Open();

    private static RemoteFolder Folder(long id, string name) =>
        new() { Id = new FolderId(id), Name = name, StoredName = Names.ServiceName.Encode(name) };

    private static ListedFile File(string id, string name, int age = 0) => new(new RemoteFile
    {
        Link = FileLink.FromId(id),
        Name = name,
        StoredName = Names.ServiceName.Encode(name),
        Size = 12,
        Checksum = WhirlpoolHash.Empty,
        Uploaded = Noon.AddSeconds(-age),
        ContentType = "text/plain",
    });

    private static FolderSnapshot Listing(int second, params ListedFile[] files) => new(Docs, Noon.AddSeconds(second), [], files);

    private static List<string> NamesIn(IListingStore store) => [.. store.Read(Docs)!.Files.Select(f => f.Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void What_was_never_listed_is_unknown_and_not_empty()
    {
        using var store = Open();
        Assert.Null(store.StateOf(Docs));
        Assert.Null(store.Read(Docs));
        store.Apply([new OwnWrite.FileShown(Docs, Noon, File("aaaaa1", "a"))]);
        Assert.Null(store.StateOf(Docs));
        Assert.Null(store.Read(Docs));
        Assert.Single(store.FilesNamed(Docs, "a"));
    }

    [Fact]
    public void Every_member_of_a_listing_comes_back()
    {
        using var store = Open();
        var file = new ListedFile(new RemoteFile
        {
            Link = FileLink.FromId("aaaaa1", HostingDomain.All[3]),
            Name = "it's",
            StoredName = "raw 'it's'",
            Size = long.MaxValue,
            Checksum = WhirlpoolHash.Empty,
            Uploaded = Noon,
            ContentType = "text/plain",
            HasAcl = true,
            HasPassword = true,
            UsesCdn = true,
        })
        { ModTime = Noon.AddTicks(-1) };
        var bare = new ListedFile(new RemoteFile { Link = FileLink.FromId("bbbbb2"), Name = "b", StoredName = "b", Size = 0 });
        var folder = new RemoteFolder { Id = new FolderId(long.MaxValue), Name = "c", StoredName = "c", Created = Noon, HasPassword = true, SharedBy = "who@example.org", Writable = false };
        store.Put(new FolderSnapshot(Docs, Noon, [folder, Folder(9, "d")], [file, bare], Complete: false), Lag);
        var read = store.Read(Docs)!;
        Assert.Equal([file, bare], read.Files.OrderBy(f => f.Link.Id, StringComparer.Ordinal));
        Assert.Equal([Folder(9, "d"), folder], read.Folders.OrderBy(f => f.Id.Value));
        Assert.Equal(new ListingState(Noon, Complete: false, Expired: false), store.StateOf(Docs));
        Assert.Equal(file, Assert.Single(store.FilesNamed(Docs, "it's")));
        Assert.Equal(Docs, store.ParentOf(folder.Id));
        Assert.Null(store.ParentOf(new FolderId(12345)));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("e\u0301")]
    [InlineData("\u00e9")]
    [InlineData("\udcff broken byte")]
    [InlineData("\udc80\udc81")]
    [InlineData(" spaces ")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("\uff0f")]
    [InlineData("nul\0l")]
    [InlineData("\ud83d\ude00")]
    public void Names_are_kept_character_by_character(string name)
    {
        using var store = Open();
        store.Put(new FolderSnapshot(Docs, Noon, [Folder(8, name)], [File("aaaaa1", name)]), Lag);
        Assert.Equal(name, Assert.Single(store.FilesNamed(Docs, name)).Name);
        Assert.Equal(name, Assert.Single(store.FoldersNamed(Docs, name)).Name);
        Assert.Empty(store.FilesNamed(Docs, name + "x"));
    }

    [Fact]
    public void Names_that_differ_in_case_or_composition_are_different()
    {
        using var store = Open();
        store.Put(Listing(0, File("aaaaa1", "a"), File("aaaaa2", "A"), File("aaaaa3", "\u00e9"), File("aaaaa4", "e\u0301")), Lag);
        foreach (var name in new[] { "a", "A", "\u00e9", "e\u0301" })
            Assert.Single(store.FilesNamed(Docs, name));
    }

    [Fact]
    public void All_files_of_a_name_are_kept_newest_first_and_all_folders_lowest_number_first()
    {
        using var store = Open();
        store.Put(new FolderSnapshot(Docs, Noon, [Folder(9, "d"), Folder(8, "d")], [File("aaaaa1", "a", 30), File("aaaaa2", "a", 10), File("aaaaa3", "a", 20)]), Lag);
        Assert.Equal(["aaaaa2", "aaaaa3", "aaaaa1"], store.FilesNamed(Docs, "a").Select(f => f.Link.Id));
        Assert.Equal([8, 9], store.FoldersNamed(Docs, "d").Select(f => f.Id.Value));
    }

    [Fact]
    public void A_listing_takes_the_place_of_the_one_before_and_keeps_modification_times()
    {
        using var store = Open();
        store.Put(Listing(0, File("aaaaa1", "a") with { ModTime = Noon }, File("bbbbb2", "b")), Lag);
        store.Put(Listing(10, File("aaaaa1", "renamed"), File("ccccc3", "c")), Lag);
        Assert.Equal(["c", "renamed"], NamesIn(store));
        Assert.Equal(Noon, store.FilesNamed(Docs, "renamed")[0].ModTime);
        Assert.Empty(store.FilesNamed(Docs, "a"));
    }

    [Fact]
    public void A_listing_that_was_overtaken_is_ignored_unless_the_clock_was_set_back()
    {
        using var store = Open();
        store.Put(Listing(10, File("aaaaa1", "new")), Lag);
        store.Put(Listing(0, File("aaaaa1", "old")), Lag);
        Assert.Equal(["new"], NamesIn(store));
        store.Put(Listing(-100_000, File("aaaaa1", "truth")), Lag);
        Assert.Equal(["truth"], NamesIn(store));
    }

    [Fact]
    public void An_incomplete_listing_removes_nothing()
    {
        using var store = Open();
        store.Put(Listing(0, File("aaaaa1", "a"), File("bbbbb2", "b")), Lag);
        store.Put(Listing(10, File("aaaaa1", "a")) with { Complete = false }, Lag);
        Assert.Equal(["a", "b"], NamesIn(store));
        Assert.False(store.StateOf(Docs)!.Complete);
    }

    [Fact]
    public void Own_writes_win_while_they_are_young_and_lose_when_they_are_old()
    {
        using var store = Open();
        var (a, b, c) = (File("aaaaa1", "a"), File("bbbbb2", "b"), File("ccccc3", "c"));
        store.Put(Listing(0, a, b), Lag);
        store.Apply([
            new OwnWrite.FileGone(Docs, Noon.AddSeconds(1), a), new OwnWrite.FileShown(Docs, Noon.AddSeconds(1), c),
            new OwnWrite.FileGone(Docs, Noon.AddSeconds(1), b), new OwnWrite.FileShown(Docs, Noon.AddSeconds(1), b with { Name = "b2", StoredName = "b2" }),
        ]);
        Assert.Equal(["b2", "c"], NamesIn(store));
        store.Put(Listing(30, a, b), Lag);
        Assert.Equal(["b2", "c"], NamesIn(store));
        store.Put(Listing(61, a, b), Lag);
        Assert.Equal(["b2", "c"], NamesIn(store));
        store.Put(Listing(62, a, b), Lag);
        Assert.Equal(["a", "b"], NamesIn(store));
    }

    [Fact]
    public void A_write_the_service_has_confirmed_is_defended_no_longer()
    {
        using var store = Open();
        var a = File("aaaaa1", "a");
        store.Put(Listing(0), Lag);
        store.Apply([new OwnWrite.FileShown(Docs, Noon, a)]);
        store.Put(Listing(5, a), Lag);
        store.Put(Listing(10), Lag);
        Assert.Empty(NamesIn(store));
    }

    [Fact]
    public void A_listing_asked_for_before_a_write_does_not_undo_it()
    {
        using var store = Open();
        var a = File("aaaaa1", "a");
        store.Apply([new OwnWrite.FileShown(Docs, Noon, a)]);
        store.Put(Listing(-5), Lag);
        Assert.Equal(["a"], NamesIn(store));
    }

    [Fact]
    public void Folders_are_written_and_defended_like_files()
    {
        using var store = Open();
        store.Put(new FolderSnapshot(Docs, Noon, [Folder(8, "old"), Folder(9, "gone")], []), Lag);
        store.Apply([new OwnWrite.FolderShown(Docs, Noon, Folder(8, "new")), new OwnWrite.FolderGone(Docs, Noon, new FolderId(9)), new OwnWrite.FolderShown(Docs, Noon, Folder(10, "made"))]);
        foreach (var second in new[] { 1, 2 })
        {
            Assert.Equal(["made", "new"], store.Read(Docs)!.Folders.Select(f => f.Name).Order(StringComparer.Ordinal));
            Assert.Empty(store.FoldersNamed(Docs, "old"));
            store.Put(new FolderSnapshot(Docs, Noon.AddSeconds(second), [Folder(8, "old"), Folder(9, "gone")], []), Lag);
        }
    }

    [Fact]
    public void The_lag_is_learnt_from_a_doubt_that_is_settled_later()
    {
        using var store = Open();
        var a = File("aaaaa1", "a");
        store.Apply([new OwnWrite.FileShown(Docs, Noon, a)]);
        store.Put(Listing(40), Lag);
        Assert.Equal(TimeSpan.Zero, store.ObservedLag);
        store.Put(Listing(50, a), Lag);
        Assert.Equal(TimeSpan.FromSeconds(40), store.ObservedLag);
    }

    [Fact]
    public void A_made_folder_is_empty_unless_something_is_known_of_it()
    {
        using var store = Open();
        store.PutEmpty(Docs, Noon);
        Assert.Empty(store.Read(Docs)!.Files);
        store.Put(Listing(1, File("aaaaa1", "a")), Lag);
        store.PutEmpty(Docs, Noon.AddSeconds(2));
        Assert.Equal(["a"], NamesIn(store));
    }

    [Fact]
    public void What_is_expired_can_be_vouched_for_as_long_as_it_is_the_same_listing()
    {
        using var store = Open();
        store.Put(Listing(0, File("aaaaa1", "a")), Lag);
        var listed = store.StateOf(Docs)!.ListedAt;
        store.Expire(Docs);
        store.Vouch(Docs, listed.AddTicks(1));
        Assert.True(store.StateOf(Docs)!.Expired);
        store.Vouch(Docs, listed);
        Assert.False(store.StateOf(Docs)!.Expired);
    }

    [Fact]
    public void What_is_expired_stays_readable_until_it_is_listed_again_and_what_is_forgotten_does_not()
    {
        using var store = Open();
        store.Expire(Docs);
        Assert.Null(store.StateOf(Docs));
        store.Put(Listing(0, File("aaaaa1", "a")), Lag);
        store.Expire(Docs);
        Assert.True(store.StateOf(Docs)!.Expired);
        Assert.Equal(["a"], NamesIn(store));
        store.Put(Listing(0, File("aaaaa1", "a")), Lag);
        Assert.False(store.StateOf(Docs)!.Expired);
        store.Forget(Docs);
        Assert.Null(store.Read(Docs));
        Assert.Empty(store.FilesNamed(Docs, "a"));
    }

    [Fact]
    public void Files_are_found_by_size_wherever_they_are_and_no_longer_once_they_are_gone()
    {
        using var store = Open();
        var (a, b, c) = (File("aaaaa1", "a"), File("bbbbb2", "b"), File("ccccc3", "c") with { Size = 13 });
        store.Put(Listing(0, a, c), Lag);
        store.Apply([new OwnWrite.FileShown(new FolderId(8), Noon, b)]);
        Assert.Equal([a, b], store.FilesOfSize(12, 10).OrderBy(f => f.Name, StringComparer.Ordinal));
        Assert.Single(store.FilesOfSize(12, 1));
        Assert.Equal([12L, 13L], store.SizesHeld([11, 12, 13, 13, long.MaxValue]).Order());
        store.Apply([new OwnWrite.FileGone(Docs, Noon, a), new OwnWrite.FileShown(Docs, Noon, c with { Size = 14 })]);
        Assert.Equal(b, Assert.Single(store.FilesOfSize(12, 10)));
        Assert.Equal([12L, 14L], store.SizesHeld([12, 13, 14]).Order());
        store.Put(Listing(100), Lag);
        store.Forget(new FolderId(8));
        Assert.Empty(store.SizesHeld([12, 13, 14]));
        Assert.Empty(store.FilesOfSize(12, 10));
    }

    [Fact]
    public void A_modification_time_set_later_stays_with_the_file_and_touches_no_other()
    {
        using var store = Open();
        store.Put(Listing(0, File("aaaaa1", "a"), File("aaaaa2", "a"), File("bbbbb2", "b")), Lag);
        store.SetModTimes([(Docs, FileLink.FromId("aaaaa2"), Noon), (Docs, FileLink.FromId("bbbbb2"), Noon.AddDays(1)), (Docs, FileLink.FromId("bbbbb2"), Noon.AddTicks(1)), (Docs, FileLink.FromId("ccccc3"), Noon), (new FolderId(99), FileLink.FromId("aaaaa1"), Noon)]);
        store.Put(Listing(10, File("aaaaa1", "a"), File("aaaaa2", "a"), File("bbbbb2", "b2")), Lag);
        Assert.Equal([null, Noon], store.FilesNamed(Docs, "a").OrderBy(f => f.Link.Id, StringComparer.Ordinal).Select(f => f.ModTime));
        Assert.Equal(Noon.AddTicks(1), store.FilesNamed(Docs, "b2")[0].ModTime);
        Assert.Null(store.StateOf(new FolderId(99)));
        Assert.Equal(3, store.Read(Docs)!.Files.Count);
    }

    [Fact]
    public void Folders_are_due_that_were_never_listed_then_the_oldest_then_no_more()
    {
        using var store = Open();
        Assert.Equal([Docs], store.Due(Docs, Noon, 10).First);
        store.Put(new FolderSnapshot(Docs, Noon, [Folder(8, "a"), Folder(9, "b"), Folder(10, "c"), Folder(12, "e")], []), Lag);
        store.Put(new FolderSnapshot(new FolderId(9), Noon.AddSeconds(5), [Folder(11, "d"), Folder(7, "cycle")], []), Lag);
        store.Put(new FolderSnapshot(new FolderId(10), Noon.AddSeconds(90), [], []), Lag);
        store.Put(new FolderSnapshot(new FolderId(12), Noon.AddSeconds(91), [], []), Lag);
        store.Put(new FolderSnapshot(new FolderId(99), Noon.AddSeconds(-1), [], []), Lag);
        store.Expire(new FolderId(12));
        Assert.Equal([8, 11, 7, 9, 12], store.Due(Docs, Noon.AddSeconds(90), 10).First.Select(f => f.Value));
        var some = store.Due(Docs, Noon.AddSeconds(90), 2);
        Assert.Equal([8, 11], some.First.Select(f => f.Value));
        Assert.Equal(5, some.Total);
        Assert.Equal([8, 11, 12], store.Due(Docs, Noon, 10).First.Select(f => f.Value));
        Assert.Equal([8, 11, 12], store.Due(new FolderId(9), DateTimeOffset.MinValue, 10).First.Select(f => f.Value));
        Assert.Equal(0, store.Due(new FolderId(10), Noon, 10).Total);
    }

    [Fact]
    public async Task Many_threads_may_write_and_read_at_once()
    {
        using var store = Open();
        store.Put(Listing(0), Lag);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            for (var n = 0; n < 20; n++)
            {
                store.Apply([new OwnWrite.FileShown(Docs, Noon, File($"file{t:D2}x{n:D2}", $"{t}-{n}"))]);
                Assert.Single(store.FilesNamed(Docs, $"{t}-{n}"));
            }
        })));
        Assert.Equal(160, NamesIn(store).Count);
    }
}
