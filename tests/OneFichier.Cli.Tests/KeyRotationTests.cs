using System.Net;
using System.Runtime.Versioning;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

/// <summary>A key is swapped while everything goes on, and nothing that was remembered is lost.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyRotationTests
{
    private const string Old = SandboxOptions.DefaultKey;
    private static readonly string New = KeyScanTests.RandomKey(11);

    [Fact]
    public async Task A_gateway_that_runs_goes_on_with_the_new_key()
    {
        await using var desk = await LoggedInAsync();
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "write", "--json")).Done().Json;
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "0s");
        using var client = serving.ClientOf("nas", token.GetProperty("secret").GetString()!);
        await PutAsync(client, "before.txt");
        desk.Control.AddKey(New);
        (await desk.RunAsync(["key", "rotate"], New)).Done();
        desk.Control.DisableKey(Old);
        await PutAsync(client, "after.txt");
        await PutAsync(client, "folder/deep.txt", "folder");
        Assert.Equal(["after.txt", "before.txt", "folder/deep.txt"], desk.Control.Tree().Files.Select(f => f.Path.TrimStart('/')).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await serving.TerminateAsync()).Code);
    }

    [Fact]
    public async Task A_gateway_whose_key_was_revoked_goes_on_after_the_next_login()
    {
        await using var desk = await LoggedInAsync();
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "write", "--json")).Done().Json;
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "0s");
        using var client = serving.ClientOf("nas", token.GetProperty("secret").GetString()!);
        desk.Control.DisableKey(Old);
        Assert.False((await client.SendAsync(new HttpRequestMessage(new HttpMethod("MKCOL"), "one"))).IsSuccessStatusCode);
        desk.Control.AddKey(New);
        (await desk.RunAsync(["login"], New)).Done();
        Assert.Equal(HttpStatusCode.Created, (await client.SendAsync(new HttpRequestMessage(new HttpMethod("MKCOL"), "two"))).StatusCode);
    }

    [Fact]
    public async Task Gateways_and_the_jobs_of_one_go_on_with_the_new_key_and_the_end_of_the_old_one_harms_nobody()
    {
        await using var desk = await LoggedInAsync(AddSeen);
        await EverythingGoesOnAsync(desk, (_, _) => Task.CompletedTask);
    }

    [Fact]
    public async Task A_mount_beside_them_goes_on_too()
    {
        await using var ends = await MountingDesk.WithSandboxAsync();
        var desk = ends.Desk.With("FICHIER_API_KEY", null);
        AddSeen(desk);
        (await desk.RunAsync(["login"], Old)).Done();
        (await desk.RunAsync("mount", "1f:", desk.Home + "/mnt", "--daemon", "--write-back", "0s")).Done();
        await EverythingGoesOnAsync(desk, async (name, seen) =>
        {
            (await desk.ShellAsync($"timeout 60 sh -c 'echo by mount > mnt/{name}-mount.txt && sync mnt/{name}-mount.txt && cat mnt/{seen}'")).Done();
            Assert.Equal("by mount\n", (await desk.ShellAsync($"timeout 60 cat mnt/{name}-mount.txt")).Done().Out);
        });
        await ends.UnmountAsync();
        Assert.Contains(desk.Control.Tree().Files, f => f.Path == "after-mount.txt");
    }

    [Fact]
    public async Task What_is_remembered_of_the_account_outlives_its_key()
    {
        await using var desk = await LoggedInAsync(d => d.Control.AddFile("docs/a.txt", "hello"u8));
        await desk.InAHurryAsync();
        (await desk.RunAsync("ls", "1f:docs")).Done();
        (await desk.RunAsync("account")).Done();
        var journal = desk.File("state/fichier/1f/uploads/kept.json", "{}");
        desk.Control.AddKey(New);
        desk.Control.DisableKey(Old);
        Assert.Equal(20, (await desk.RunAsync("key", "check")).Code);
        (await desk.RunAsync(["login"], New)).Done();
        var asked = desk.Control.Requests.Count;
        Assert.Equal("a.txt\n", (await desk.RunAsync("ls", "1f:docs")).Done().Out);
        Assert.Contains("Premium", (await desk.RunAsync("account")).Done().Out);
        Assert.Equal(asked, desk.Control.Requests.Count);
        Assert.True(File.Exists(journal));
        Assert.Equal(["1f"], AccountFolders(desk));
        Assert.Contains((await desk.RunAsync("quota", "--json")).Done().Json.EnumerateArray(), r => r.GetProperty("used").GetInt64() > 0);
    }

    [Fact]
    public async Task A_key_that_fails_its_proof_changes_nothing()
    {
        await using var desk = await LoggedInAsync();
        (await desk.RunAsync("quota")).Done();
        var owner = await File.ReadAllTextAsync(Path.Combine(desk.Home, "state/fichier/1f/owner"));
        Assert.Equal(20, (await desk.RunAsync(["key", "rotate"], New)).Code);
        Assert.Equal(owner, await File.ReadAllTextAsync(Path.Combine(desk.Home, "state/fichier/1f/owner")));
        Assert.Equal(["1f"], AccountFolders(desk));
        (await desk.RunAsync("key", "check")).Done();
    }

    [Fact]
    public async Task A_key_in_a_file_is_swapped_in_that_file_and_a_gateway_notices()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var file = desk.File("secret/key", Old + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        desk.With("FICHIER_API_KEY", null).With("FICHIER_API_KEY_FILE", file);
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "write", "--json")).Done().Json;
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "0s");
        using var client = serving.ClientOf("nas", token.GetProperty("secret").GetString()!);
        await PutAsync(client, "before.txt");
        desk.Control.AddKey(New);
        (await desk.RunAsync(["key", "rotate"], New)).Done();
        desk.Control.DisableKey(Old);
        Assert.Equal(New + "\n", await File.ReadAllTextAsync(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await PutAsync(client, "after.txt");
        Assert.Equal(["1f"], AccountFolders(desk));
        Assert.Equal("after.txt\nbefore.txt\n", (await desk.RunAsync("ls", "1f:")).Done().Out);
        Assert.Equal(["1f"], AccountFolders(desk));
    }

    [Fact]
    public async Task A_key_in_a_variable_cannot_be_changed_from_here_and_that_is_said()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var outcome = await desk.RunAsync(["key", "rotate"], New);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("FICHIER_API_KEY_FILE", outcome.Error);
        Assert.Empty(desk.Control.Requests);
    }

    private static void AddSeen(Desk desk)
    {
        desk.Control.AddFile("seen-before.txt", "seen"u8);
        desk.Control.AddFile("seen-after.txt", "seen"u8);
    }

    /// <summary>Two gateways, one of which runs jobs, and what else is there, before and after a rotation with the old key revoked. The one key works until the other is proven.</summary>
    private static async Task EverythingGoesOnAsync(Desk desk, Func<string, string, Task> besides)
    {
        (await desk.RunAsync("account")).Done();
        var token = (await desk.RunAsync("token", "issue", "--name", "nas", "--scope", "write", "--json")).Done().Json;
        var sent = desk.File("outbox/before-job.txt");
        (await desk.RunAsync("job", "add", "--name", "send", "--cron", "@daily", "--", "copy", Path.GetDirectoryName(sent)!, "1f:jobs")).Done();
        using var nas = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "0s");
        using var all = await Serving.StartAsync(desk, "all", "1f:", "--write-back", "0s");
        using var client = nas.ClientOf("nas", token.GetProperty("secret").GetString()!);
        using var other = all.ClientOf("nas", token.GetProperty("secret").GetString()!);
        await RoundAsync("before");

        Assert.Equal(20, (await desk.RunAsync(["key", "rotate"], New)).Code);
        desk.Control.AddKey(New);
        var outcome = (await desk.RunAsync(["key", "rotate"], New)).Done();
        Assert.DoesNotContain(New, outcome.Out + outcome.Error);
        desk.Control.DisableKey(Old);
        var made = desk.Control.Requests.Count;
        desk.File("outbox/after-job.txt");
        await RoundAsync("after");

        Assert.Contains("Premium", (await desk.RunAsync("account")).Done().Out);
        Assert.All(desk.Control.Requests.Skip(made), r => Assert.True(r.Status is >= 200 and < 400, $"{r.Endpoint}: {r.Status} {r.Message}"));
        Assert.Equal((0, 0), ((await nas.TerminateAsync()).Code, (await all.TerminateAsync()).Code));
        Assert.Equal(["after-job.txt", "after-nas.txt", "before-job.txt", "before-nas.txt"], desk.Control.Tree().Files.Select(f => f.Name).Where(n => n.EndsWith("-job.txt", StringComparison.Ordinal) || n.EndsWith("-nas.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        async Task RoundAsync(string name)
        {
            await PutAsync(client, $"{name}-nas.txt");
            Assert.Equal("seen", await other.GetStringAsync($"seen-{name}.txt"));
            (await desk.RunAsync("job", "run", "send", "--wait")).Done();
            await besides(name, $"seen-{name}.txt");
        }
    }

    private static async Task<Desk> LoggedInAsync(Action<Desk>? before = null)
    {
        var desk = (await Desk.WithSandboxAsync()).With("FICHIER_API_KEY", null);
        before?.Invoke(desk);
        (await desk.RunAsync(["login"], Old)).Done();
        return desk;
    }

    private static IEnumerable<string> AccountFolders(Desk desk) =>
        Directory.EnumerateDirectories(Path.Combine(desk.Home, "state/fichier"), "1f*").Select(d => Path.GetFileName(d));

    private static async Task PutAsync(HttpClient client, string name, string? folder = null)
    {
        if (folder is not null)
            (await client.SendAsync(new HttpRequestMessage(new HttpMethod("MKCOL"), folder))).EnsureSuccessStatusCode();
        using var content = new StringContent("content of " + name);
        (await client.PutAsync(name, content)).EnsureSuccessStatusCode();
    }
}
