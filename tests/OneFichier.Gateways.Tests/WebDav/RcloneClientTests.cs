using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>rclone's own WebDAV client does whole work over the face, as both kinds of server it knows.</summary>
public sealed class RcloneClientTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private DavStage? _stage;
    private string _rclone = "";

    [Theory]
    [InlineData("other")]
    [InlineData("owncloud")]
    public async Task A_tree_copied_there_and_back_is_the_same(string vendor)
    {
        await StartAsync(vendor);
        var source = Tree("source");

        await RunAsync("copy", source, "dav:tree/in");
        await RunAsync("check", "--download", source, "dav:tree/in");
        await RunAsync("copy", "dav:tree/in", _folder["back"]);

        Assert.Equal(Contents(source), Contents(_folder["back"]));
        if (vendor == "owncloud")
            Assert.All(Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories), file =>
                Assert.Equal(Seconds(File.GetLastWriteTimeUtc(file)), Seconds(File.GetLastWriteTimeUtc(file.Replace(source, _folder["back"], StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task A_second_sync_changes_only_what_has_changed()
    {
        await StartAsync("owncloud");
        var source = Tree("source");
        await RunAsync("sync", source, "dav:tree");
        var before = await _stage!.Volume.FindAsync(VolumePath.Parse("tree/notes.txt"));
        File.WriteAllText(Path.Combine(source, "new.txt"), "new");
        File.Delete(Path.Combine(source, "empty"));

        await RunAsync("sync", source, "dav:tree");

        Assert.Equal(before!.Id, (await _stage.Volume.FindAsync(VolumePath.Parse("tree/notes.txt")))!.Id);
        Assert.Equal("new", await _stage.ReadAsync("tree/new.txt"));
        Assert.Null(await _stage.ReadAsync("tree/empty"));
        await RunAsync("check", "--download", source, "dav:tree");
    }

    [Fact]
    public async Task Moves_and_copies_within_it_touch_no_bytes()
    {
        await StartAsync("other");
        await RunAsync("copy", Tree("source"), "dav:tree");
        var file = await _stage!.Volume.FindAsync(VolumePath.Parse("tree/notes.txt"));

        await RunAsync("moveto", "dav:tree/notes.txt", "dav:tree/deeper/renamed.txt");
        await RunAsync("copyto", "dav:tree/deeper/renamed.txt", "dav:tree/copied.txt");
        await RunAsync("moveto", "dav:tree/a b & c", "dav:moved");

        var moved = await _stage.Volume.FindAsync(VolumePath.Parse("tree/deeper/renamed.txt"));
        Assert.Equal(file!.Id, moved!.Id);
        Assert.Equal(moved.Checksum, (await _stage.Volume.FindAsync(VolumePath.Parse("tree/copied.txt")))!.Checksum);
        Assert.NotNull(await _stage.ReadAsync("moved/percent %41 #1?.txt"));
        Assert.Null(await _stage.Volume.FindAsync(VolumePath.Parse("tree/a b & c")));
    }

    [Fact]
    public async Task Purge_and_delete_remove_and_the_room_is_told()
    {
        await StartAsync("other");
        await RunAsync("copy", Tree("source"), "dav:tree");

        await RunAsync("deletefile", "dav:tree/notes.txt");
        Assert.Null(await _stage!.ReadAsync("tree/notes.txt"));
        await RunAsync("purge", "dav:tree");

        Assert.Empty((await _stage.Volume.ListAsync(VolumePath.Root)).Entries);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(string vendor)
    {
        _rclone = SystemProgram.Require("rclone", "rclone");
        _stage = await DavStage.StartAsync();
        var (_, obscured) = await SystemProgram.RunAsync(_rclone, ["obscure", _stage.Gateway.Secret], _folder.Path);
        File.WriteAllText(_folder["rclone.conf"], $"[dav]\ntype = webdav\nurl = {_stage.Url}\nvendor = {vendor}\nuser = {_stage.Gateway.User}\npass = {obscured.Trim()}\n");
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exit, text) = await SystemProgram.RunAsync(_rclone, ["--config", _folder["rclone.conf"], "-v", "--retries", "1", "--low-level-retries", "1", .. arguments], _folder.Path);
        Assert.True(exit == 0, text);
        return text;
    }

    private string Tree(string name)
    {
        var root = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.Combine(root, "a b & c"));
        Directory.CreateDirectory(Path.Combine(root, "deeper", "é日本"));
        File.WriteAllText(Path.Combine(root, "notes.txt"), "some text");
        File.WriteAllText(Path.Combine(root, "empty"), "");
        File.WriteAllText(Path.Combine(root, "a b & c", "percent %41 #1?.txt"), "odd name");
        File.WriteAllText(Path.Combine(root, "a b & c", "<tag> \"quoted\" 'one';.xml"), "<a/>");
        File.WriteAllBytes(Path.Combine(root, "deeper", "é日本", "big.bin"), [.. Enumerable.Range(0, 3_000_000).Select(n => (byte)(n * 31 / 7))]);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2020, 2, 29, 12, 34, 56, DateTimeKind.Utc));
        return root;
    }

    private static Dictionary<string, string> Contents(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    private static long Seconds(DateTime time) => new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds();
}
