using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Calls;

/// <summary>Every call about files, against the sandbox.</summary>
public sealed class FileCallTests
{
    private static readonly byte[] Content = Pattern.Bytes(300);

    [Fact]
    public async Task Files_of_a_folder_are_listed_with_their_decoded_names()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.AddFile("docs/it＇s ／ here.txt", Content);
        stage.Control.AddFile("elsewhere.txt", Content);
        var docs = new FolderId(stage.Control.Tree().Folders.Single().Id);
        var file = Assert.Single((await stage.Client.Files.ListAsync(docs)).Files);
        Assert.Equal(("it's / here.txt", "it＇s ／ here.txt", 300L, "text/plain"), (file.Name, file.StoredName, file.Size, file.ContentType));
        Assert.Equal(stage.Control.Tree().Files.Single(f => f.FolderId == docs.Value).Checksum, file.Checksum.ToString());
        Assert.Equal(2, (await stage.Client.Files.ListAsync(FolderId.WholeAccount)).Files.Count);
    }

    [Fact]
    public async Task A_listing_is_narrowed_by_dates_of_Paris()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.AddFile("old", Content);
        stage.Control.Advance(TimeSpan.FromHours(3));
        var between = stage.Control.Now - TimeSpan.FromHours(1);
        stage.Control.AddFile("new", Content);
        Assert.Equal("new", Assert.Single((await stage.Client.Files.ListAsync(FolderId.Root, new FileListFilter { After = between })).Files).Name);
        Assert.Equal("old", Assert.Single((await stage.Client.Files.ListAsync(FolderId.Root, new FileListFilter { Before = between })).Files).Name);
    }

    [Fact]
    public async Task A_listing_that_is_as_long_as_one_can_be_says_so()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.Seed(new SandboxSeed { Files = FileListing.Limit + 1, FileSize = 1 });
        var listing = await stage.Client.Files.ListAsync(FolderId.Root);
        Assert.Equal((FileListing.Limit, true), (listing.Files.Count, listing.MayBeCut));
        Assert.True((await stage.Client.Folders.ListAsync(FolderId.Root)).MayBeCut);
    }

    [Theory]
    [InlineData(ContentTypeSpelling.Hyphen)]
    [InlineData(ContentTypeSpelling.Underscore)]
    public async Task One_file_tells_all_it_has(ContentTypeSpelling spelling)
    {
        await using var stage = await Stage.StartAsync(new SandboxBehaviours { InfoContentType = spelling, InfoStatus = spelling == ContentTypeSpelling.Hyphen });
        var link = FileLink.Parse(stage.Control.AddFile("a/b／c/photo.jpg", Content));
        await stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges
        {
            Description = "A day by the sea",
            Inline = true,
            NoSsl = true,
            UseCdn = true,
            Acl = new FileAcl { Countries = ["FR"], PremiumOnly = true },
        });
        var details = await stage.Client.Files.GetAsync(link);
        Assert.Equal((link, "photo.jpg", 300L, "a/b/c", "image/jpeg"), (details.Link, details.Name, details.Size, details.FolderPath, details.ContentType));
        Assert.Equal(("A day by the sea", true, true, true), (details.Description, details.Inline, details.NoSsl, details.UsesCdn));
        Assert.Equal("FR", Assert.Single(details.Acl!.Countries));
        Assert.True(details.Acl.PremiumOnly);
        Assert.NotNull(details.Uploaded);
    }

    [Fact]
    public async Task A_file_is_found_by_folder_and_name_too()
    {
        await using var stage = await Stage.StartAsync();
        var link = FileLink.Parse(stage.Control.AddFile("a/it＇s.txt", Content));
        var folder = new FolderId(stage.Control.Tree().Folders.Single().Id);
        Assert.Equal(link, (await stage.Client.Files.GetAsync(folder, "it's.txt")).Link);
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.Files.GetAsync(folder, "IT'S.TXT"));
    }

    [Fact]
    public async Task Attributes_are_set_removed_and_left_alone()
    {
        await using var stage = await Stage.StartAsync();
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        Assert.Equal(1, await stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges { Password = "secret", Name = "it's b", Description = "x" }));
        Assert.Equal(("it＇s b", "secret", "x"), Shown());
        await stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges { Password = "" });
        Assert.Equal(("it＇s b", null, "x"), Shown());
        await stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges { Acl = new FileAcl { Emails = ["a@b.fr"] } });
        Assert.NotNull((await stage.Client.Files.GetAsync(link)).Acl);
        await stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges { Acl = new FileAcl() });
        Assert.Null((await stage.Client.Files.GetAsync(link)).Acl);
        await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.Files.SetAttributesAsync([link], new FileAttributeChanges { Password = "short" }));

        (string, string?, string?) Shown() => stage.Control.Tree().Files.Select(f => (f.Name, f.Password, f.Description)).Single();
    }

    [Fact]
    public async Task Many_files_are_removed_in_one_request_and_the_gone_ones_not_counted()
    {
        await using var stage = await Stage.StartAsync();
        var links = Enumerable.Range(0, 5).Select(i => FileLink.Parse(stage.Control.AddFile($"f{i}", Content))).ToList();
        stage.Control.RemoveFile(links[0].Url);
        Assert.Equal(4, await stage.Client.Files.RemoveAsync(links));
        Assert.Empty(stage.Control.Tree().Files);
        Assert.Equal(0, await stage.Client.Files.RemoveAsync(links));
        Assert.Equal(0, await stage.Client.Files.RemoveAsync(Array.Empty<FileLink>()));
        Assert.Equal(2, stage.Asked("file/rm").Count);
    }

    [Fact]
    public async Task Files_move_in_one_request_and_keep_their_links()
    {
        await using var stage = await Stage.StartAsync();
        var links = Enumerable.Range(0, 3).Select(i => FileLink.Parse(stage.Control.AddFile($"a/f{i}", Content))).ToList();
        var to = new FolderId(stage.Control.AddFolder("b"));
        Assert.Equal(links.Order(LinkOrder), (await stage.Client.Files.MoveAsync(links, to)).Order(LinkOrder));
        Assert.Equal(["b/f0", "b/f1", "b/f2"], stage.Control.Tree().Files.Select(f => f.Path));
        await stage.Client.Files.MoveAsync([links[0]], FolderId.Root, rename: "it's moved");
        Assert.Equal("it＇s moved", stage.Control.Tree().Files.Single(f => f.FolderId == 0).Path);
        Assert.Contains("\"destination_folder_id\":0", stage.Asked("file/mv")[^1].Body);
        await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.Files.MoveAsync(links, to, rename: "x"));
    }

    [Fact]
    public async Task Files_are_renamed_in_one_request_and_the_same_name_is_told()
    {
        await using var stage = await Stage.StartAsync();
        var links = Enumerable.Range(0, 2).Select(i => FileLink.Parse(stage.Control.AddFile($"f{i}", Content))).ToList();
        Assert.Equal(2, await stage.Client.Files.RenameAsync([new(links[0], "a$"), new(links[1], "b")]));
        Assert.Equal(["a＄", "b"], stage.Control.Tree().Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        var error = await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Client.Files.RenameAsync([new(links[1], "b")]));
        Assert.Contains("already has that name", error.Message);
    }

    [Fact]
    public async Task Copies_get_links_of_their_own()
    {
        await using var stage = await Stage.StartAsync();
        var link = FileLink.Parse(stage.Control.AddFile("a", Content));
        var to = new FolderId(stage.Control.AddFolder("b"));
        var copy = Assert.Single(await stage.Client.Files.CopyAsync([link], to, new FileCopyOptions { Rename = "it's a copy" }));
        Assert.Equal(link, copy.From);
        Assert.NotEqual(link, copy.To);
        Assert.Equal(copy.To.Url, stage.Control.Tree().Files.Single(f => f.Path == "b/it＇s a copy").Url);
    }

    [Fact]
    public async Task A_scan_tells_clean_from_infected_and_other_refusals_stay_refusals()
    {
        await using var stage = await Stage.StartAsync();
        var clean = await stage.Client.Files.ScanAsync(FileLink.Parse(stage.Control.AddFile("a", Content)));
        Assert.True(clean.Clean);
        Assert.NotNull(clean.ScannedAt);
        var infected = await stage.Client.Files.ScanAsync(FileLink.Parse(stage.Control.AddFile("eicar.com", Content)));
        Assert.False(infected.Clean);
        Assert.Contains("Virus", infected.Message);
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.Files.ScanAsync(FileLink.FromId("abcdefghij")));
    }

    private static readonly Comparer<FileLink> LinkOrder = Comparer<FileLink>.Create((a, b) => string.CompareOrdinal(a.Id, b.Id));
}
