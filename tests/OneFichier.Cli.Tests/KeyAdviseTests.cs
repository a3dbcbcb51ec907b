using System.Runtime.Versioning;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class KeyAdviseTests
{
    private const string Key = SandboxOptions.DefaultKey;

    [Fact]
    public async Task A_key_that_is_kept_well_has_nothing_serious_said_of_it()
    {
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_API_KEY", null);
        (await desk.RunAsync(["login"], Key)).Done();
        var asked = desk.Control.Requests.Count;
        var outcome = (await desk.RunAsync("key", "advise", "--strict", "--json")).Done();
        Assert.DoesNotContain(outcome.Json.EnumerateArray(), a => a.GetProperty("severity").GetString() == "serious");
        Assert.Contains(outcome.Json.EnumerateArray(), a => a.GetProperty("subject").GetString() == "restriction" && a.GetProperty("why").GetString()!.Contains("upload", StringComparison.Ordinal));
        Assert.Contains(outcome.Json.EnumerateArray(), a => a.GetProperty("subject").GetString() == "age" && a.GetProperty("what").GetString()!.Contains("0 days", StringComparison.Ordinal));
        Assert.Equal(asked, desk.Control.Requests.Count);
    }

    [Fact]
    public async Task Everything_that_carries_the_key_along_is_named_with_its_remedy_and_the_key_is_not_shown()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File(".bashrc", $"export FICHIER_API_KEY='{Key}'\n");
        desk.File(".zsh_history", $": 1:0;echo {Key} | fichier login\n");
        desk.File(".config/rclone/rclone.conf", $"[f]\ntype = fichier\napi_key = {Key}\n");
        desk.File("state/fichier/old.log", $"Authorization: Bearer {Key}\n");
        desk.File(".env", $"FICHIER_API_KEY={Key}\n");
        File.SetUnixFileMode(desk.File("key", Key), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        desk.With("FICHIER_API_KEY_FILE", Path.Combine(desk.Home, "key"));
        (await desk.ShellAsync("git init -q")).Done();
        using var other = desk.StartShell("read -r line");
        var outcome = await desk.RunAsync("key", "advise", "--strict", "--json");
        other.StandardInput.Close();
        await Desk.EndAsync(other);
        Assert.Equal(1, outcome.Code);
        var by = outcome.Json.EnumerateArray().ToLookup(a => a.GetProperty("subject").GetString()!, a => a.GetProperty("severity").GetString());
        foreach (var subject in (string[])["shellStart", "history", "programs", "logs", "folder", "keyFile"])
            Assert.True(by[subject].Contains("serious"), $"{subject}\n{outcome.Out}");
        Assert.Contains("warning", by["environment"]);
        Assert.Contains("warning", by["processes"]);
        Assert.All(outcome.Json.EnumerateArray().Where(a => a.GetProperty("severity").GetString() is "serious" or "warning"), a => Assert.NotEqual("", a.GetProperty("remedy").GetString()));
        Assert.DoesNotContain(Key, outcome.Out + outcome.Error);
    }
}
