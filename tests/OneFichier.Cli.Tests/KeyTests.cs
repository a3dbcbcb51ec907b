using System.Runtime.Versioning;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class KeyTests
{
    private const string Key = SandboxOptions.DefaultKey;
    private const string Masked = "sand…000_";

    [Fact]
    public async Task Login_proves_the_key_by_one_call_and_stores_it_for_its_owner_only()
    {
        await using var desk = await StrangerAsync();
        var outcome = (await desk.RunAsync(["login"], Key + "\n")).Done();
        Assert.Contains($"Stored the key {Masked}", outcome.Error);
        Assert.Equal(["folder/ls"], desk.Control.Requests.Select(r => r.Endpoint));
        foreach (var file in Directory.EnumerateFiles(desk.Home, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain(Key, await File.ReadAllTextAsync(file));
        }

        (await desk.RunAsync("key", "check")).Done();
    }

    [Fact]
    public async Task A_key_is_never_an_argument()
    {
        await using var desk = await StrangerAsync();
        var outcome = await desk.RunAsync("login", Key);
        Assert.Equal(2, outcome.Code);
        Assert.Contains("never an argument", outcome.Error);
        Assert.DoesNotContain(Key, outcome.Error);
        var dashed = await desk.RunAsync("login", "-" + Key[1..]);
        Assert.DoesNotContain(Key[1..], dashed.Error);
    }

    [Theory]
    [InlineData("  sandbox-key-0000000000000000000_ ", "Blanks or quotes")]
    [InlineData("\uFEFF\"sandbox-key-0000000000000000000_\"\r\n", "Blanks or quotes")]
    public async Task What_was_pasted_around_a_key_is_dropped_and_that_is_said(string pasted, string advice)
    {
        await using var desk = await StrangerAsync();
        Assert.Contains(advice, (await desk.RunAsync(["login"], pasted)).Done().Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://1fichier.com/console/params.pl")]
    [InlineData("someone@example.com-is-not-a-key")]
    [InlineData("two words")]
    public async Task What_cannot_be_a_key_is_refused_before_any_request(string pasted)
    {
        await using var desk = await StrangerAsync();
        Assert.Equal(20, (await desk.RunAsync(["login"], pasted)).Code);
        Assert.Empty(desk.Control.Requests);
        Assert.False(File.Exists(desk.ConfigFile));
    }

    [Fact]
    public async Task A_key_of_another_shape_is_tried_with_a_warning_and_not_stored_when_refused()
    {
        await using var desk = await StrangerAsync();
        var outcome = await desk.RunAsync(["login"], "short-and-odd");
        Assert.Equal(20, outcome.Code);
        Assert.Contains("does not look like one", outcome.Error);
        Assert.NotEmpty(desk.Control.Requests);
        Assert.False(File.Exists(desk.ConfigFile));
    }

    [Fact]
    public async Task The_environment_goes_first_then_the_file_then_rclone_then_the_store()
    {
        await using var desk = await StrangerAsync();
        Assert.Equal(20, (await desk.RunAsync("key", "show")).Code);
        (await desk.RunAsync(["login", "--no-check"], new string('s', 32))).Done();
        Assert.StartsWith("ssss…ssss", (await desk.RunAsync("key", "show")).Out);
        desk.With("RCLONE_FICHIER_API_KEY", new string('r', 32));
        Assert.StartsWith("rrrr…rrrr", (await desk.RunAsync("key", "show")).Out);
        desk.With("FICHIER_API_KEY_FILE", desk.File("key.txt", new string('f', 32) + "\n"));
        Assert.StartsWith("ffff…ffff", (await desk.RunAsync("key", "show")).Out);
        desk.With("FICHIER_API_KEY", new string('e', 32));
        Assert.StartsWith("eeee…eeee", (await desk.RunAsync("key", "show")).Out);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_is_warned_about()
    {
        await using var desk = await StrangerAsync();
        var path = desk.File("key.txt", Key);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Contains($"chmod 600 '{path}'", (await desk.RunAsync("login", "--key-file", path)).Done().Error);
    }

    [Fact]
    public async Task A_stored_key_that_others_may_read_is_refused()
    {
        await using var desk = await StrangerAsync();
        (await desk.RunAsync(["login"], Key)).Done();
        var stored = Directory.EnumerateFiles(Path.Combine(desk.Home, "config"), "*.key", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(stored, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var outcome = await desk.RunAsync("key", "show");
        Assert.Equal(20, outcome.Code);
        Assert.Contains("Other users of this machine may read", outcome.Error);
    }

    [Fact]
    public async Task Logout_forgets_the_key_and_says_how_to_revoke_it()
    {
        await using var desk = await StrangerAsync();
        (await desk.RunAsync(["login", "--name", "work"], Key)).Done();
        Assert.Contains("console/params.pl", (await desk.RunAsync("logout", "--name", "work")).Done().Error);
        Assert.Equal(20, (await desk.RunAsync("key", "show", "--account", "work")).Code);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(desk.Home, "config"), "*.key", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Rotation_keeps_the_old_key_until_the_new_one_works()
    {
        await using var desk = await StrangerAsync();
        (await desk.RunAsync(["login"], Key)).Done();
        Assert.Equal(20, (await desk.RunAsync(["key", "rotate"], new string('n', 32))).Code);
        (await desk.RunAsync("key", "check")).Done();
        desk.Control.AddKey(new string('n', 32));
        (await desk.RunAsync(["key", "rotate"], new string('n', 32))).Done();
        Assert.StartsWith("nnnn…nnnn", (await desk.RunAsync("key", "show")).Out);
    }

    [Fact]
    public async Task A_passphrase_is_needed_for_what_was_stored_with_it()
    {
        await using var desk = await StrangerAsync();
        (await desk.With("FICHIER_PASSPHRASE", "correct horse").RunAsync(["login"], Key)).Done();
        (await desk.RunAsync("key", "show")).Done();
        Assert.Contains("another one", (await desk.With("FICHIER_PASSPHRASE", "wrong").RunAsync("key", "show")).Error);
        Assert.Contains("Set FICHIER_PASSPHRASE", (await desk.With("FICHIER_PASSPHRASE", null).RunAsync("key", "show")).Error);
    }

    [Fact]
    public async Task Logins_at_the_same_time_leave_every_account_whole()
    {
        await using var desk = await StrangerAsync();
        string[] names = ["aa", "bb", "cc", "dd"];
        await Task.WhenAll(names.Select(n => desk.RunAsync(["login", "--name", n, "--no-check"], new string(n[0], 32))));
        foreach (var name in names)
            Assert.StartsWith(new string(name[0], 4), (await desk.RunAsync("key", "show", "--account", name)).Done().Out);
    }

    [Fact]
    public async Task A_plain_address_of_another_machine_never_sees_the_key()
    {
        await using var desk = await StrangerAsync();
        var outcome = await desk.With("FICHIER_API_BASE", "http://example.com/v1").With("FICHIER_API_KEY", Key).RunAsync("key", "check");
        Assert.Equal(2, outcome.Code);
        Assert.Contains("loopback", outcome.Error);
    }

    [Fact]
    public async Task A_key_typed_or_pasted_at_a_terminal_does_not_show_and_the_terminal_shows_text_again_afterwards()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script, which makes a terminal, is not installed");
        await using var desk = await StrangerAsync();
        var path = desk.File("session.sh", $"dotnet exec '{Desk.Program}' login --no-check; stty -a | tr ' ' '\\n' | grep -x -e echo -e -echo\n");
        using var process = desk.StartShell($"script -qefc \"bash '{path}'\" /dev/null");
        var shown = "";
        while (!shown.Contains("not shown", StringComparison.Ordinal))
            shown += (char)process.StandardOutput.Read();

        await process.StandardInput.WriteAsync(Key + "\r");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var outcome = await Desk.EndAsync(process);
        Assert.DoesNotContain(Key, shown + outcome.Out);
        Assert.Contains(Masked, outcome.Out);
        Assert.Equal("echo", outcome.Lines[^1].Trim());
    }

    [Fact]
    public async Task The_desktops_secret_service_is_used_where_it_answers()
    {
        Assert.SkipUnless(new[] { "/usr/bin/secret-tool", "/usr/bin/dbus-run-session", "/usr/bin/gnome-keyring-daemon" }.All(File.Exists), "secret-tool, dbus-run-session or gnome-keyring-daemon is not installed");
        await using var desk = await StrangerAsync();
        var script = "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
            + $"echo {Key} | fichier login && fichier key where && fichier key check && fichier logout && fichier key show; echo code=$?";
        var path = desk.File("session.sh", $"fichier() {{ dotnet exec '{Desk.Program}' \"$@\"; }}\n{script}\n");
        desk.With("XDG_RUNTIME_DIR", Path.Combine(desk.Home, "runtime"));
        Directory.CreateDirectory(desk.Environment["XDG_RUNTIME_DIR"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var outcome = await desk.ShellAsync($"dbus-run-session -- bash '{path}'");
        Assert.SkipWhen(outcome.Out.Contains("encrypted file", StringComparison.Ordinal), "the key ring does not answer in this session");
        Assert.Contains("secret service of the desktop", outcome.Out);
        Assert.Contains("works at", outcome.Out);
        Assert.Contains("code=20", outcome.Out);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(desk.Home, "config"), "*.key", SearchOption.AllDirectories));
    }

    private static async Task<Desk> StrangerAsync() => (await Desk.WithSandboxAsync()).With("FICHIER_API_KEY", null);
}
