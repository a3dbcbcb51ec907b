using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

/// <summary>The judges: real programs, unmodified, that know nothing of this house.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-judge-").FullName;

    public static bool HasRclone => Tool.Find("rclone") is not null;

    public static bool HasCurl => Tool.Find("curl") is not null;

    [Fact(Skip = "rclone is not installed", SkipUnless = nameof(HasRclone))]
    public async Task Rclone_overwrites_renames_copies_reads_and_removes()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        var local = Path.Combine(folder, "x.txt");
        await File.WriteAllTextAsync(local, "one", TestContext.Current.CancellationToken);
        await RcloneAsync(service, "mkdir", "f:a/b");
        await RcloneAsync(service, "copyto", local, "f:a/x.txt");
        await File.WriteAllTextAsync(local, "another", TestContext.Current.CancellationToken);
        await RcloneAsync(service, "copyto", local, "f:a/x.txt");
        Assert.Equal(["a/x.txt"], Paths(service));
        await RcloneAsync(service, "moveto", "f:a/x.txt", "f:a/y.txt");
        Assert.Equal(["a/y.txt"], Paths(service));
        await RcloneAsync(service, "copyto", "f:a/y.txt", "f:a/b/z.txt");
        Assert.Equal(["a/b/z.txt", "a/y.txt"], Paths(service));
        Assert.Equal("another", await RcloneAsync(service, "cat", "f:a/b/z.txt"));
        Assert.Equal("the", await RcloneAsync(service, "cat", "--offset", "3", "--count", "3", "f:a/b/z.txt"));
        Assert.StartsWith("https://1fichier.com/?", await RcloneAsync(service, "link", "f:a/y.txt"), StringComparison.Ordinal);
        Assert.Matches("\"used\":\\s*14", await RcloneAsync(service, "about", "--json", "f:"));
        await RcloneAsync(service, "deletefile", "f:a/y.txt");
        await RcloneAsync(service, "purge", "f:a");
        Assert.Empty(service.Control.Tree().Folders);
        Assert.Empty(service.Control.Tree().Files);
    }

    [Fact(Skip = "rclone is not installed", SkipUnless = nameof(HasRclone))]
    public async Task Rclone_lists_a_public_share_with_its_password()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        service.Control.AddFile("shared/x.txt", [1, 2, 3]);
        var folder_id = service.Control.Tree().Folders[0].Id;
        var share = (string)(await service.CallAsync("folder/share", new { folder_id, share = 1, pass = "secret" }))["url"]!;
        Assert.Equal("x.txt;3\n", await RcloneAsync(service, "lsf", "--format", "ps", "--fichier-shared-folder", share.Split('/')[^1], "--fichier-folder-password", "secret", "f:"));
    }

    [Fact(Skip = "curl is not installed", SkipUnless = nameof(HasCurl))]
    public async Task Curl_uploads_a_form_and_resumes_a_download()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        var content = new byte[3_000_000];
        new Random(3).NextBytes(content);
        var local = Path.Combine(folder, "big.bin");
        await File.WriteAllBytesAsync(local, content, TestContext.Current.CancellationToken);
        var tool = new Tool(service.Server, folder);
        await tool.RunAsync("curl", "-sS", "--noproxy", "*", "-H", $"Authorization: Bearer {SandboxOptions.DefaultKey}", "-F", $"file[]=@{local}", await service.UploadAddressAsync());

        var part = Path.Combine(folder, "part.bin");
        await File.WriteAllBytesAsync(part, content[..1_234_567], TestContext.Current.CancellationToken);
        var token = await service.TokenAsync(service.Control.Tree().Files[0].Url);
        await tool.RunAsync("curl", "-sS", "--noproxy", "*", "-C", "-", "-o", part, token);
        var whole = await File.ReadAllBytesAsync(part, TestContext.Current.CancellationToken);
        Assert.True(content.AsSpan().SequenceEqual(whole));
        Assert.Equal("bytes=1234567-", service.Control.Requests[^1].Range);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string[] Paths(Service service) => [.. service.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal)];

    private Task<string> RcloneAsync(Service service, params string[] arguments) =>
        new Tool(service.Server, folder).RunAsync("rclone", arguments);
}
