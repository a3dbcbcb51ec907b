using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class PersistenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-test-").FullName;

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        SandboxTree before;
        await using (var service = await StartAsync(folder))
        {
            await FillAsync(service);
            before = service.Control.Tree();
        }

        await using var again = await StartAsync(folder);
        AssertSame(before, again.Control.Tree());
        Assert.StartsWith("No such user", await again.RefusedAsync("user/info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_answered_is_there_after_a_kill()
    {
        await using var service = await StartAsync(folder);
        await FillAsync(service);
        var copy = CopyAsAKillLeavesIt();
        await using var again = await StartAsync(copy);
        AssertSame(service.Control.Tree(), again.Control.Tree());
        var file = again.Control.Tree().Files.First(f => f.Name == "big.bin");
        using var content = again.Control.Open(file.Url);
        Assert.Equal(file.Size, content.Length);
    }

    [Fact]
    public async Task A_torn_line_and_an_orphaned_content_are_swept_away()
    {
        await using (var service = await StartAsync(folder))
            await FillAsync(service);
        var journal = Path.Combine(folder, "journal.jsonl");
        await File.AppendAllTextAsync(journal, """{"File":{"Id":"torn""", TestContext.Current.CancellationToken);
        var orphan = Path.Combine(Directory.GetDirectories(Path.Combine(folder, "blobs"))[0], "orphan");
        await File.WriteAllTextAsync(orphan, "x", TestContext.Current.CancellationToken);
        int files;
        await using (var again = await StartAsync(folder))
        {
            files = again.Control.Tree().Files.Count;
            again.Control.AddFile("after", [1]);
        }

        await using var third = await StartAsync(folder);
        Assert.Equal(files + 1, third.Control.Tree().Files.Count);
        Assert.False(File.Exists(orphan));
    }

    [Fact]
    public async Task One_content_is_kept_once_and_goes_with_its_last_file()
    {
        await using var service = await StartAsync(folder);
        var first = service.Control.AddFile("x", [1, 2, 3]);
        var second = service.Control.AddFile("y", [1, 2, 3]);
        Assert.Single(Blobs());
        service.Control.RemoveFile(first);
        Assert.Single(Blobs());
        service.Control.RemoveFile(second);
        Assert.Empty(Blobs());
    }

    [Fact]
    public async Task A_folder_has_one_sandbox_at_a_time()
    {
        await using var service = await StartAsync(folder);
        service.Control.AddFile("x", [1]);
        await Assert.ThrowsAsync<IOException>(() => SandboxServer.StartAsync(new SandboxOptions { DataFolder = folder }));
        Assert.Single(Blobs());
    }

    [Fact]
    public async Task Memory_alone_leaves_nothing_on_disk()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("big.bin", new byte[1_000_000]);
        Assert.Empty(Directory.GetFiles(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Task<Service> StartAsync(string folder) => Service.StartAsync(new SandboxOptions { DataFolder = folder });

    private static async Task FillAsync(Service service)
    {
        service.Control.AddFile("a/b/x.txt", [1, 2, 3]);
        service.Control.AddGeneratedFile("a/generated.bin", 12_345, 6);
        await service.UploadAsync("big.bin", new byte[700_000]);
        var gone = (string)(await service.UploadAsync("gone.txt", [9]))[0]!["download"]!;
        await service.CallAsync("file/rm", new { files = new[] { new { url = gone } } });
        var described = service.Control.AddFile("a/described.txt", [4]);
        await service.CallAsync("file/chattr", new { urls = new[] { described }, description = "mine" });
        service.Control.MoveFolder("a/b", "c");
        service.Control.RemoveFolder("c");
        service.Control.AddKey("second-key=000000000000000000000");
        service.Control.DisableKey(SandboxOptions.DefaultKey);
    }

    private static void AssertSame(SandboxTree one, SandboxTree other)
    {
        Assert.Equal(one.Folders, other.Folders);
        Assert.Equal(one.Files, other.Files);
        Assert.NotEmpty(one.Files);
    }

    private string CopyAsAKillLeavesIt()
    {
        var copy = Path.Combine(folder, "copy");
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "lock"))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var written = File.Create(target);
            source.CopyTo(written);
        }

        return copy;
    }

    private string[] Blobs() => Directory.GetFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories);
}
