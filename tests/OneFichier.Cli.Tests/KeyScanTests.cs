using System.Text;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

/// <summary>Keys that lie open are found in files, in histories and before they are committed; they are never shown.</summary>
public sealed class KeyScanTests : IAsyncDisposable
{
    private const string Git = "git -c user.name=me -c user.email=me@example.org -c init.defaultBranch=main";
    private readonly Desk _desk = Desk.Alone();
    private readonly string _key = RandomKey(1);

    /// <summary>A key as the service makes them; it must not stand in this file.</summary>
    public static string RandomKey(int seed)
    {
        var chance = new Random(seed);
        return string.Concat(Enumerable.Range(0, 32).Select(_ => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"[chance.Next(62)]));
    }

    [Fact]
    public async Task A_key_is_found_where_it_is_and_wherever_it_ever_was()
    {
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && printf 'export FICHIER_API_KEY=%s\\n' {_key} > run.sh && {Git} add . && {Git} commit -qm first "
            + $"&& echo gone > run.sh && {Git} commit -qam second && printf '# 1fichier\\nAPI_KEY=%s\\n' {RandomKey(2)} > work.py && {Git} add . && {Git} stash -q "
            + $"&& printf 'fichier_api_key: %s\\n' {RandomKey(3)} > settings.yml && echo settings.yml > .gitignore && {Git} add .gitignore && {Git} commit -qm 'uses the 1fichier key {RandomKey(4)}'");
        var outcome = await _desk.RunAsync("key", "scan", "repo", "--json");
        Assert.Equal(1, outcome.Code);
        var found = outcome.Json.GetProperty("findings").EnumerateArray().ToDictionary(f => f.GetProperty("key").GetString()!);
        Assert.Equal(4, found.Count);
        var first = found[Masked(_key)];
        Assert.Equal(("history", 1, 24), (first.GetProperty("place").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32()));
        Assert.Equal(40, first.GetProperty("commit").GetString()!.Length);
        Assert.EndsWith("repo/run.sh", first.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("work.py", found[Masked(RandomKey(2))].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal(("file", true), (found[Masked(RandomKey(3))].GetProperty("place").GetString(), found[Masked(RandomKey(3))].GetProperty("ignored").GetBoolean()));
        Assert.Equal("message", found[Masked(RandomKey(4))].GetProperty("place").GetString());

        var text = await _desk.RunAsync("key", "scan", "repo");
        Assert.Contains("git filter-repo", text.Error);
        Assert.All(Enumerable.Range(1, 4), n => Assert.DoesNotContain(RandomKey(n), text.Out + text.Error + outcome.Out));
        Assert.Equal(1, (await _desk.RunAsync("key", "scan", "repo", "--no-history")).Code);
    }

    [Fact]
    public async Task What_no_branch_leads_to_any_more_is_found_too()
    {
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && echo 1 > a && {Git} add . && {Git} commit -qm first && echo FICHIER_KEY={_key} > b && {Git} add . && {Git} commit -qm second "
            + $"&& {Git} reset -q --hard HEAD~1 && {Git} reflog expire --expire=now --all");
        var outcome = await _desk.RunAsync("key", "scan", "repo");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("in no commit that can be reached", outcome.Out);
    }

    [Fact]
    public async Task Branches_tags_packs_and_packed_logs_hide_nothing()
    {
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && echo 1 > a && {Git} add . && {Git} commit -qm first && {Git} checkout -q -b side && printf 'FICHIER_API_KEY=%s\r\n' {_key} > set.bat "
            + $"&& {Git} add . && {Git} commit -qm side && printf '[f]\ntype = fichier\napi_key = %s\n' {RandomKey(2)} | gzip > old.conf.gz && echo {RandomKey(6)} > 1fichier.key && {Git} add . && {Git} commit -qm packed && {Git} rm -q old.conf.gz set.bat 1fichier.key && {Git} commit -qm gone "
            + $"&& {Git} checkout -q main && printf 'curl -H \"Authorization: Bearer %s\" https://api.1fichier.com/v1/user/info.cgi\n' {RandomKey(3)} > tagged.sh && {Git} add . && {Git} commit -qm tagged && {Git} tag -a v1 -m 'made with the 1fichier key {RandomKey(4)}' "
            + $"&& {Git} reset -q --hard HEAD~1 && {Git} gc -q --prune=now && test -n \"$(ls .git/objects/pack)\"");
        var outcome = await _desk.RunAsync("key", "scan", "repo", "--json");
        Assert.Equal(1, outcome.Code);
        Assert.Equal(
            new[] { _key, RandomKey(2), RandomKey(3), RandomKey(4), RandomKey(6) }.Select(Masked).Order(StringComparer.Ordinal),
            outcome.Json.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("key").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_usual_places_of_a_home_are_looked_at_when_no_path_is_named()
    {
        _desk.File(".bash_history", $"ls\ncurl -H 'Authorization: Bearer {_key}' https://api.1fichier.com/v1/user/info.cgi\n");
        _desk.File(".config/rclone/rclone.conf", $"[fich]\ntype = fichier\napi_key = {RandomKey(2)}\n");
        Directory.CreateDirectory(Path.Combine(_desk.Home, "empty"));
        var outcome = await _desk.ShellAsync("cd empty && fichier key scan");
        Assert.Equal(1, outcome.Code);
        Assert.Contains(".bash_history:2:32: " + Masked(_key), outcome.Out);
        Assert.Contains("rclone.conf:3:11: " + Masked(RandomKey(2)), outcome.Out);
        Assert.Equal(0, (await _desk.ShellAsync("cd empty && fichier key scan .")).Code);
    }

    [Fact]
    public async Task The_key_of_this_machine_is_found_without_any_hint_in_text_and_in_bytes()
    {
        _desk.With("FICHIER_API_KEY", _key);
        _desk.File("tree/a.txt", $"{_key}\n");
        _desk.File("tree/b.bin", $"\0\0\0{_key}\0");
        _desk.File("tree/c.txt", Convert.ToBase64String(Encoding.ASCII.GetBytes(_key)));
        var outcome = await _desk.RunAsync("key", "scan", "tree", "--min-confidence", "certain", "--json");
        Assert.Equal(3, outcome.Json.GetProperty("findings").GetArrayLength());
        Assert.DoesNotContain(_key, outcome.Out);
        _desk.With("FICHIER_API_KEY", null);
        Assert.Equal(0, (await _desk.RunAsync("key", "scan", "tree")).Code);
    }

    [Fact]
    public async Task Links_lead_nowhere_pipes_hold_nothing_up_and_what_is_allowed_is_left_out()
    {
        _desk.File("elsewhere/.env", $"FICHIER_API_KEY={_key}\n");
        _desk.File("tree/marked.env", $"FICHIER_API_KEY={_key} # fichier:allow\n");
        _desk.File("tree/listed/x.env", $"FICHIER_API_KEY={_key}\n");
        _desk.File("tree/print.env", $"FICHIER_API_KEY={RandomKey(2)}\n");
        _desk.File("tree/.fichier-allow", $"# examples\nlisted/*\n{ApiKey.Parse(RandomKey(2)).Fingerprint} # in the guide\n");
        await ShellAsync("ln -s ../elsewhere tree/link; ln -s ../elsewhere/.env tree/link.env; ln -s . tree/loop; mkfifo tree/pipe");
        (await _desk.RunAsync("key", "scan", "tree")).Done();
        Assert.Equal(1, (await _desk.RunAsync("key", "scan", "elsewhere/.env")).Code);
    }

    [Fact]
    public async Task A_repository_that_cannot_be_read_is_told_and_is_no_clean_one()
    {
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && echo 1 > a && {Git} add . && {Git} commit -qm first && rm .git/HEAD && echo nonsense > .git/HEAD");
        var outcome = await _desk.RunAsync("key", "scan", "repo");
        Assert.Equal(6, outcome.Code);
        Assert.Contains("not read", outcome.Error);
    }

    [Fact]
    public async Task The_hook_lets_no_key_be_committed_and_looks_at_what_is_staged_only()
    {
        await ProgramOnPathAsync();
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && {Git} commit -q --allow-empty -m first && {Git} worktree add -q ../other");
        (await _desk.RunAsync("key", "scan", "--install-hook", "other")).Done();
        Assert.True(File.Exists(Path.Combine(_desk.Home, "repo/.git/hooks/pre-commit")));
        var refused = await _desk.ShellAsync($"cd other && echo 'FICHIER_API_KEY={_key}' > .env && {Git} add .env && {Git} commit -qm second");
        Assert.NotEqual(0, refused.Code);
        Assert.Contains(Masked(_key), refused.Out + refused.Error);
        await ShellAsync($"cd other && echo FICHIER_API_KEY_FILE=/run/key > .env && {Git} add .env && echo 'FICHIER_API_KEY={_key}' > .env && {Git} commit -qm second");
        Assert.NotEqual(0, (await _desk.ShellAsync($"cd other && {Git} commit -qam third")).Code);
    }

    [Fact]
    public async Task A_hook_of_ones_own_is_left_as_it_is_and_a_folder_for_hooks_is_respected()
    {
        await ShellAsync($"mkdir repo && cd repo && {Git} init -q && git config core.hooksPath mine && mkdir mine && echo '#!/bin/sh' > mine/pre-commit");
        var outcome = await _desk.RunAsync("key", "scan", "--install-hook", "repo");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("fichier key scan --staged || exit 1", outcome.Error);
        Assert.Equal("#!/bin/sh\n", await File.ReadAllTextAsync(Path.Combine(_desk.Home, "repo/mine/pre-commit")));
    }

    [Fact]
    public async Task This_checkout_holds_no_key()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "fichier.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The tests do not run inside the checkout.");
        foreach (var folder in (string[])["src", "tests", "docs", "bench", "packaging"])
            Assert.Equal("", (await _desk.RunAsync("key", "scan", "--no-history", Path.Combine(root.FullName, folder))).Out);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private static string Masked(string key) => ApiKey.Parse(key).ToString();

    private async Task ShellAsync(string line)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/git"), "There is no git here.");
        (await _desk.ShellAsync(line)).Done();
    }

    private async Task ProgramOnPathAsync()
    {
        var program = _desk.File("bin/fichier", $"#!/bin/sh\nexec dotnet exec '{Desk.Program}' \"$@\"\n");
        await ShellAsync($"chmod +x '{program}'");
        _desk.With("PATH", $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}");
    }
}
