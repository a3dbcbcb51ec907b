using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

/// <summary>What is exported is used by the programs it is for.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConfigExportTests
{
    private const string Key = SandboxOptions.DefaultKey;
    /// <summary>Members of a service that the Compose Specification knows, of those used here or likely to be.</summary>
    private static readonly string[] OfComposeSpecification =
        ["build", "cap_add", "cap_drop", "command", "configs", "container_name", "depends_on", "devices", "entrypoint", "env_file", "environment", "healthcheck", "image", "init", "labels", "networks", "ports", "read_only", "restart", "secrets", "security_opt", "stop_grace_period", "tmpfs", "user", "volumes"];

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Rclone_works_through_the_gateway_with_what_was_exported()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/rclone"), "There is no rclone here.");
        await using var desk = await Desk.WithSandboxAsync();
        using var serving = await Serving.StartAsync(desk, "webdav", "1f:", "--write-back", "0s");
        var config = Path.Combine(desk.Home, "rclone.conf");
        (await desk.RunAsync("config", "export", "rclone", "--url", serving.Url, "--output", config)).Done();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(config));
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(config));
        desk.File("data/a.txt", "one");
        desk.File("data/deep/b.txt", "two");
        (await desk.ShellAsync($"rclone --config '{config}' copy data fichier:backup && rclone --config '{config}' check data fichier:backup --download && rclone --config '{config}' lsf -R fichier:backup")).Done();
        Assert.Equal(["backup/a.txt", "backup/deep/b.txt"], desk.Control.Tree().Files.Select(f => f.Path.TrimStart('/')).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await desk.RunAsync("config", "export", "rclone", "--output", config)).Code);
    }

    [Fact]
    public async Task The_key_goes_to_rclone_only_when_asked_for_agreed_to_and_into_a_private_file()
    {
        await using var desk = await Desk.WithSandboxAsync();
        Assert.Equal(2, (await desk.RunAsync("config", "export", "rclone", "--with-key", "--yes")).Code);
        Assert.Equal(2, (await desk.RunAsync("config", "export", "rclone", "--with-key", "-o", "rclone.conf")).Code);
        Assert.False(File.Exists(Path.Combine(desk.Home, "rclone.conf")));
        var outcome = (await desk.RunAsync("config", "export", "rclone", "--with-key", "-o", "rclone.conf", "--name", "direct", "--yes")).Done();
        Assert.DoesNotContain(Key, outcome.Out + outcome.Error);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(desk.Home, "rclone.conf")));
        var read = await desk.ShellAsync("rclone --config rclone.conf config dump");
        Assert.SkipUnless(read.Code == 0, "There is no rclone here.");
        Assert.Equal(("fichier", Key), (read.Json.GetProperty("direct").GetProperty("type").GetString(), read.Json.GetProperty("direct").GetProperty("api_key").GetString()));
    }

    [Fact]
    public async Task A_token_that_is_there_is_used_with_its_secret()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var outcome = (await desk.RunAsync(["config", "export", "rclone", "--user", "nas"], "the secret\n")).Done();
        var pass = outcome.Lines.Single(l => l.StartsWith("pass = ", StringComparison.Ordinal))[7..];
        Assert.Equal("the secret", Drive.Crypt.Primitives.Obscured.Reveal(pass));
        Assert.Empty((await desk.RunAsync("token", "ls", "--json")).Done().Json.EnumerateArray());
    }

    [Theory]
    [InlineData("--run", "webdav")]
    [InlineData("--run", "all", "--addr", "127.0.0.1:9000", "--path", "1f:my films")]
    [InlineData("--run", "mount", "--path", "1f:films", "--mountpoint", "/srv/films")]
    public async Task A_unit_is_one_that_systemd_takes_and_has_no_key_in_it(params string[] flags)
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync(["config", "export", "systemd", "-o", "fichier.service", "--program", "/bin/true", "--run-as", "root", .. flags])).Done();
        var unit = await File.ReadAllTextAsync(Path.Combine(desk.Home, "fichier.service"));
        Assert.Contains("LoadCredential=fichier-key:/etc/fichier/key", unit);
        Assert.DoesNotContain(Key, unit);
        var verified = await desk.ShellAsync("systemd-analyze verify --man=no ./fichier.service");
        Assert.SkipWhen(verified.Code == 127, "There is no systemd-analyze here.");
        Assert.True(verified.Code == 0 && !verified.Error.Contains("fichier.service", StringComparison.Ordinal), verified.Error);
        var exposed = await desk.ShellAsync("systemd-analyze security --offline=true --threshold=60 ./fichier.service");
        Assert.SkipWhen(exposed.Error.Contains("nrecognized option", StringComparison.Ordinal), "This systemd-analyze is too old to look at a file.");
        Assert.True(exposed.Code == 0 || flags.Contains("mount"), exposed.Out);
    }

    [Fact]
    public async Task The_units_of_the_package_are_ones_that_systemd_takes()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "fichier.slnx")))
            root = root.Parent;
        Assert.SkipWhen(root is null, "The tests do not run inside the checkout.");
        await using var desk = Desk.Alone();
        var names = new List<string>();
        foreach (var unit in Directory.GetFiles(Path.Combine(root.FullName, "packaging/systemd")))
        {
            names.Add("./" + Path.GetFileName(unit).Replace("@.", "@webdav.", StringComparison.Ordinal));
            desk.File(names[^1], (await File.ReadAllTextAsync(unit)).Replace("/usr/bin/fichier ", "/bin/true ", StringComparison.Ordinal));
        }

        Assert.Contains("./fichier-worker.service", names);
        var verified = await desk.ShellAsync($"systemd-analyze verify --man=no {string.Join(' ', names)}");
        Assert.SkipWhen(verified.Code == 127, "There is no systemd-analyze here.");
        Assert.True(verified.Code == 0 && !verified.Error.Contains("/fichier-", StringComparison.Ordinal), verified.Error);
    }

    [Theory]
    [InlineData("serve", "--run", "webdav")]
    [InlineData("mount", "--run", "mount", "--mountpoint", "/srv/films")]
    public async Task A_compose_file_is_yaml_with_the_key_as_a_secret(string verb, params string[] flags)
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync(["config", "export", "compose", "-o", "compose.yaml", "--with-key", "--yes", .. flags])).Done();
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(Path.Combine(desk.Home, "compose.yaml")));
        Assert.Equal(Key, (await File.ReadAllTextAsync(Path.Combine(desk.Home, "fichier.key"))).Trim());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(desk.Home, "fichier.key")));
        var parsed = await ParseYamlAsync(Path.Combine(desk.Home, "compose.yaml"));
        var service = parsed.GetProperty("services").GetProperty("fichier");
        Assert.Equal(["secrets", "services", "volumes"], parsed.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(service.EnumerateObject(), p => Assert.Contains(p.Name, OfComposeSpecification));
        Assert.Equal(["fichier", verb], service.GetProperty("command").EnumerateArray().Take(2).Select(w => w.GetString()));
        Assert.Equal("/run/secrets/fichier_key", service.GetProperty("environment").GetProperty("FICHIER_API_KEY_FILE").GetString());
        Assert.Equal("./fichier.key", parsed.GetProperty("secrets").GetProperty("fichier_key").GetProperty("file").GetString());
        Assert.Equal("fichier-data:/data", service.GetProperty("volumes")[0].GetString());
    }

    [Fact]
    public async Task Lines_for_a_shell_name_the_file_of_the_key_and_work()
    {
        await using var desk = await Desk.WithSandboxAsync();
        (await desk.RunAsync("config", "export", "env", "-o", "fichier.env", "--key-file", "my $(touch run)'s `key`", "--with-key", "--yes")).Done();
        desk.With("FICHIER_API_KEY", "something-else-that-is-set-before");
        var outcome = (await desk.ShellAsync(". ./fichier.env && fichier key check && fichier key where")).Done();
        Assert.Contains("works", outcome.Out);
        Assert.Contains("my $(touch run)'s `key`", outcome.Out);
        Assert.False(File.Exists(Path.Combine(desk.Home, "run")));
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(Path.Combine(desk.Home, "fichier.env")));
    }

    [Fact]
    public async Task JDownloader_is_kept_within_the_connections_an_account_has()
    {
        await using var desk = Desk.Alone();
        var outcome = (await desk.RunAsync("config", "export", "jdownloader")).Done();
        Assert.InRange(outcome.Json.GetProperty("maxsimultanedownloads").GetInt32() * outcome.Json.GetProperty("maxchunksperfile").GetInt32(), 1, 30);
        Assert.Contains("GeneralSettings.json", outcome.Error);
    }

    private static async Task<JsonElement> ParseYamlAsync(string path)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys,json,yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))", path]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var (output, error) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
            await python.WaitForExitAsync();
            Assert.SkipWhen((await error).Contains("ModuleNotFoundError", StringComparison.Ordinal), "There is no yaml for python here.");
            Assert.True(python.ExitCode == 0, await error);
            return JsonDocument.Parse(await output).RootElement;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 here.");
            throw;
        }
    }
}
