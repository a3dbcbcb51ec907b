using System.Diagnostics;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests.Trees;

/// <summary>Encrypted remotes at the command line. The real rclone is the judge of what is stored.</summary>
public sealed class EncryptedRemoteTests
{
    private const string Password = "correct horse";

    public static bool HasRclone => File.Exists("/usr/bin/rclone") || File.Exists("/usr/local/bin/rclone");

    [Fact]
    public async Task An_encrypted_remote_is_a_place_like_any_other()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await TreeAsync(desk, "1f:vault");
        var outcome = (await desk.RunAsync("sync", "--json", "src", "secret:data")).Done();
        Assert.Equal(["a.txt", "sub/it's $5 <é>.txt", "sub/nothing"], outcome.Paths("transferred"));
        Assert.All(desk.Stored(), path => Assert.Matches("^vault/[0-9a-v]{26,}/", path));
        desk.Control.ResetLog();
        Assert.Equal((3, 0), ((await desk.RunAsync("sync", "--json", "src", "secret:data")).Done().Sum("unchanged"), desk.Control.Counters.Api));
        (await desk.RunAsync("check", "--download", "src", "secret:data")).Done();
        (await desk.RunAsync("get", "secret:data", "back")).Done();
        Assert.Equal(desk.OnDisk("src"), desk.OnDisk("back/data"));
        Assert.Equal(desk.Read("src/a.txt"), desk.Read("back/data/a.txt"));
        Assert.DoesNotContain(Password, outcome.Out + outcome.Error + File.ReadAllText(desk.ConfigFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_and_folders_are_put_into_it_once()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await TreeAsync(desk, "1f:vault");
        var sent = (await desk.RunAsync("put", "--json", "src", "secret:data")).Done();
        Assert.Equal((3, 0), (sent.Sum("files"), sent.Sum("unchanged")));
        Assert.All(desk.Stored(), path => Assert.Matches("^vault/[0-9a-v]{26,}/", path));
        desk.Control.ResetLog();
        Assert.Equal((3, 0), ((await desk.RunAsync("put", "--json", "src", "secret:data")).Done().Sum("unchanged"), desk.Asked("upload.cgi")));
        (await desk.RunAsync("get", "secret:data/src", "back")).Done();
        Assert.Equal(desk.OnDisk("src"), desk.OnDisk("back/src"));
        Assert.Equal(2, (await desk.RunAsync("put", "--password", "longer than six", "src", "secret:data")).Code);
    }

    [Fact]
    public async Task Listings_show_what_was_encrypted()
    {
        await using var desk = await Desk.WithSandboxAsync();
        await TreeAsync(desk, "1f:vault");
        (await desk.RunAsync("copy", "src", "secret:")).Done();
        (await desk.RunAsync(["rcat", "secret:piped.txt"], "piped")).Done();
        Assert.Equal(["a.txt", "piped.txt", "sub/", "sub/it's $5 <é>.txt", "sub/nothing"], (await desk.RunAsync("ls", "-R", "secret:")).Done().Lines.Order(StringComparer.Ordinal));
        Assert.Equal("sub/nothing\n", (await desk.RunAsync("find", "secret:", "--max-size", "0")).Done().Out);
        var entry = (await desk.RunAsync("lsjson", "secret:piped.txt")).Done().Json[0];
        Assert.Equal(("piped.txt", 5), (entry.GetProperty("Path").GetString(), entry.GetProperty("Size").GetInt32()));
        Assert.Equal("piped", (await desk.RunAsync("cat", "secret:piped.txt")).Done().Out);
        Assert.Equal(3, (await desk.RunAsync("copy", "--json", "secret:", "1f:plain", "--exclude", "piped.txt")).Done().Sum("transferred"));
        Assert.Equal(3, (await desk.RunAsync("copy", "secret:nowhere", "x")).Code);
    }

    [Fact(Skip = "rclone is not installed", SkipUnless = nameof(HasRclone))]
    public async Task Rclone_reads_what_was_written_and_writes_what_is_read()
    {
        await using var desk = Desk.Alone();
        await TreeAsync(desk, Path.Combine(desk.Home, "vault"), salt: "and salt");
        (await desk.RunAsync("sync", "src", "secret:data")).Done();
        var rclone = await RcloneAsync(desk, Path.Combine(desk.Home, "vault"), "and salt");
        await rclone("copy", "crypt:data", "rclone-read");
        Assert.Equal(desk.OnDisk("src"), desk.OnDisk("rclone-read"));
        Assert.Equal(desk.Read("src/a.txt"), desk.Read("rclone-read/a.txt"));
        await rclone("copy", "src", "crypt:theirs");
        (await desk.RunAsync("check", "--download", "src", "secret:theirs")).Done();
        (await desk.RunAsync("copy", "secret:theirs", "ours")).Done();
        Assert.Equal(desk.OnDisk("src"), desk.OnDisk("ours"));
    }

    [Fact(Skip = "rclone is not installed", SkipUnless = nameof(HasRclone))]
    public async Task Rclone_reads_it_from_the_service_too()
    {
        await using var desk = await Desk.WithSandboxAsync(new SandboxOptions { Tls = true });
        await TreeAsync(desk, "1f:vault");
        (await desk.RunAsync("sync", "--exclude", "nothing", "src", "secret:data")).Done();
        var rclone = await RcloneAsync(desk, "service:vault", null);
        await rclone("copy", "crypt:data", "rclone-read");
        Assert.Equal(["a.txt", "sub/it's $5 <é>.txt"], desk.OnDisk("rclone-read"));
        Assert.Equal(desk.Read("src/a.txt"), desk.Read("rclone-read/a.txt"));
    }

    [Fact]
    public async Task The_wrong_password_and_the_wrong_names_are_told()
    {
        await using var desk = Desk.Alone();
        await TreeAsync(desk, Path.Combine(desk.Home, "vault"));
        (await desk.RunAsync("sync", "src", "secret:")).Done();
        Assert.Equal(2, (await desk.RunAsync(["config", "crypt", "secret", "vault"], "\n")).Code);
        Assert.Equal(2, (await desk.RunAsync(["config", "crypt", "id", "vault"], "x\n")).Code);
        (await desk.RunAsync(["config", "crypt", "wrong", "vault"], "no such horse\n")).Done();
        var outcome = await desk.RunAsync("ls", "-R", "wrong:");
        Assert.Empty(outcome.Out);
        Assert.NotEmpty(outcome.Error);
        outcome = await desk.RunAsync("sync", "wrong:", "src");
        Assert.Equal(6, outcome.Code);
        Assert.Contains("another password", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(3, desk.OnDisk("src").Length);
    }

    private static async Task TreeAsync(Desk desk, string remote, string? salt = null)
    {
        desk.BigFile("src/a.txt", 100_000);
        desk.File("src/sub/it's $5 <é>.txt", "two");
        desk.File("src/sub/nothing", "");
        (await desk.RunAsync(["config", "crypt", "secret", remote], $"{Password}\n{salt}\n")).Done();
    }

    private static async Task<Func<string, string, string, Task>> RcloneAsync(Desk desk, string remote, string? salt)
    {
        var service = desk.Sandbox is null ? "" : $"[service]\ntype = fichier\napi_key = {SandboxOptions.DefaultKey}\n";
        async Task<string> Obscured(string text) => (await RunAsync(desk, "", "obscure", text)).Trim();
        var password2 = salt is null ? "" : $"password2 = {await Obscured(salt)}\n";
        var config = desk.File("rclone.conf", $"{service}[crypt]\ntype = crypt\nremote = {remote}\npassword = {await Obscured(Password)}\n{password2}");
        return (verb, from, to) => RunAsync(desk, config, verb, from, to);
    }

    private static async Task<string> RunAsync(Desk desk, string config, params string[] arguments)
    {
        var start = new ProcessStartInfo("rclone", ["--config", config, .. arguments])
        {
            WorkingDirectory = desk.Home,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (desk.Sandbox is { Proxy: { } proxy, CaCertificatePem: { } pem })
        {
            start.Environment["HTTPS_PROXY"] = proxy.ToString();
            start.Environment["SSL_CERT_FILE"] = desk.File("ca.pem", pem);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return (await Desk.EndAsync(process)).Done().Out;
    }
}
