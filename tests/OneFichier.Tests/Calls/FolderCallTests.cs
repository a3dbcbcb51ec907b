using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Calls;

/// <summary>Every call about folders and shares, against the sandbox.</summary>
public sealed class FolderCallTests
{
    private const string OtherKey = "other-key-000000000000000000000_";

    private static readonly byte[] Content = Pattern.Bytes(300);

    [Theory]
    [InlineData(EmptyArrayForm.Present)]
    [InlineData(EmptyArrayForm.Missing)]
    [InlineData(EmptyArrayForm.Null)]
    public async Task A_folder_shows_its_folders_and_on_request_its_files(EmptyArrayForm form)
    {
        await using var stage = await Stage.StartAsync(new SandboxBehaviours { EmptyArrays = form });
        stage.Control.AddFile("docs/it＇s.txt", Content);
        var root = await stage.Client.Folders.ListAsync(FolderId.Root, files: false);
        Assert.Equal(("Root", 0L), (root.Name, root.Id.Value));
        Assert.Equal((null, null, null), (root.Files, root.FileCount, root.Size));
        var docs = await stage.Client.Folders.ListAsync(Assert.Single(root.Folders).Id);
        Assert.Empty(docs.Folders);
        Assert.Equal(("docs", 1L, 300L, "it's.txt"), (docs.Name, docs.FileCount, docs.Size, Assert.Single(docs.Files!).Name));
        Assert.NotNull(docs.Created);
    }

    [Fact]
    public async Task Folders_are_made_moved_renamed_and_removed()
    {
        await using var stage = await Stage.StartAsync();
        var a = await stage.Client.Folders.CreateAsync("it's a", FolderId.Root);
        var b = await stage.Client.Folders.CreateAsync("b", a);
        Assert.Equal(["it＇s a", "it＇s a/b"], Paths());
        await stage.Client.Folders.MoveAsync(b, FolderId.Root);
        await stage.Client.Folders.RenameAsync(b, "b/c");
        Assert.Equal(["b／c", "it＇s a"], Paths().Order(StringComparer.Ordinal));
        await stage.Client.Folders.RemoveAsync(a);
        Assert.Equal(["b／c"], Paths());

        IEnumerable<string> Paths() => stage.Control.Tree().Folders.Select(f => f.Path);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_not_found_and_one_that_is_full_stays()
    {
        await using var stage = await Stage.StartAsync();
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.Folders.ListAsync(new FolderId(4_000_000_000_000)));
        stage.Control.AddFile("full/a", Content);
        var error = await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Client.Folders.RemoveAsync(new FolderId(stage.Control.Tree().Folders.Single().Id)));
        Assert.Contains("not empty", error.Message);
        Assert.Single(stage.Control.Tree().Files);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.AddFolder("a");
        var error = await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Client.Folders.CreateAsync("a", FolderId.Root));
        Assert.Contains("already a folder of that name", error.Message);
    }

    [Fact]
    public async Task A_public_share_is_listed_by_anybody_with_its_password()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.AddFile("pub/it＇s.txt", Content);
        var folder = new FolderId(stage.Control.Tree().Folders.Single().Id);
        var share = await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Public = true });
        using var stranger = stage.Another(o => o with { Key = null });
        var file = Assert.Single(await stranger.Shares.ListAsync(share!.Value));
        Assert.Equal(("it's.txt", 300L, false), (file.Name, file.Size, file.HasPassword));
        Assert.Equal(share, (await stage.Client.Folders.ListAsync(folder)).PublicLink);

        await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Password = "secret" });
        await Assert.ThrowsAsync<FichierAccessException>(() => stranger.Shares.ListAsync(share.Value));
        await Assert.ThrowsAsync<FichierAccessException>(() => stranger.Shares.ListAsync(share.Value, "wrong!"));
        Assert.Single(await stranger.Shares.ListAsync(share.Value, "secret"));
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stranger.Shares.ListAsync(ShareLink.Parse("https://1fichier.com/dir/none")));
        await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Public = false });
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stranger.Shares.ListAsync(share.Value, "secret"));
    }

    [Fact]
    public async Task A_group_share_shows_who_shares_and_how()
    {
        await using var stage = await Stage.StartAsync(o => o with { Limits = SandboxLimits.None with { TokenStart = null }, Accounts = [SandboxAccount.Default, new SandboxAccount { Email = "other@sandbox.invalid", Keys = [OtherKey] }] });
        stage.Control.AddFile("shared/a.txt", Content);
        var folder = new FolderId(stage.Control.Tree().Folders.Single().Id);
        await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Grants = [new("other@sandbox.invalid", Writable: true)] });
        Assert.Equal(new FolderGrant("other@sandbox.invalid", true), Assert.Single((await stage.Client.Folders.ListAsync(folder)).Grants));

        using var other = stage.Another(o => o with { Key = ApiKey.Parse(OtherKey) });
        var root = await other.Folders.ListAsync(FolderId.Root, sharingUser: SandboxAccount.Default.Email);
        var shown = Assert.Single(root.Folders);
        Assert.Equal((folder, SandboxAccount.Default.Email, true), (shown.Id, shown.SharedBy, shown.Writable));
        Assert.Single((await other.Folders.ListAsync(folder)).Files!);
        await other.Folders.CreateAsync("from the other", folder);

        await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Grants = [new("other@sandbox.invalid", Writable: true, HideLinks: true)] });
        Assert.Equal(new FolderGrant("other@sandbox.invalid", false, true), Assert.Single((await stage.Client.Folders.ListAsync(folder)).Grants));
        Assert.Equal("a.txt", (await other.Files.GetAsync(folder, "a.txt")).Name);
        var link = await other.Downloads.GetLinkAsync(folder, "a.txt");
        await using var body = await other.Downloads.OpenAsync(link);
        Assert.Equal(300, body.TotalSize);
        await stage.Client.Folders.ShareAsync(folder, new FolderSharing { Grants = [] });
        await Assert.ThrowsAsync<FichierNotFoundException>(() => other.Folders.ListAsync(folder));
    }

    [Fact]
    public async Task Sharing_is_checked_before_it_is_sent()
    {
        using var client = new ScriptedHandler("{}").Client();
        await Assert.ThrowsAsync<ArgumentException>(() => client.Folders.ShareAsync(new FolderId(1), new FolderSharing { Password = "short" }));
    }
}
