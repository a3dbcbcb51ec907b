using System.Text.Json;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests.Backup;

/// <summary>A user with a tree to back up, a sandbox, and the real restic.</summary>
internal sealed class BackupDesk : IAsyncDisposable
{
    private const int Seed = 5;

    private BackupDesk(Desk desk)
    {
        Desk = desk;
        Tree = ResticClient.NewTree(Path.Combine(desk.Home, "tree"), Seed, megabytes: 3);
    }

    public Desk Desk { get; }

    public string Tree { get; }

    public static async Task<BackupDesk> NewAsync(SandboxOptions? options = null)
    {
        Assert.SkipUnless(ResticClient.IsHere, "There is no restic here; on Debian it is in the package restic.");
        return new BackupDesk(await Desk.WithSandboxAsync(options));
    }

    /// <summary>A desk with a set called laptop, whose password is returned.</summary>
    public static async Task<(BackupDesk Desk, string Password)> WithSetAsync(params string[] flags)
    {
        var desk = await NewAsync();
        return (desk, await desk.InitAsync(flags));
    }

    public async Task<string> InitAsync(params string[] flags)
    {
        var made = (await Desk.RunAsync(["backup", "init", "laptop", "1f:backups/laptop", "--source", Tree, "--host", "laptop", "--pack-size", "4", "--json", .. flags])).Done();
        return made.Json.GetProperty("password").GetString()!;
    }

    public Task<Outcome> BackupAsync(string verb, params string[] arguments) => Desk.RunAsync(["backup", verb, .. arguments, "--json"]);

    public async Task<JsonElement> SummaryAsync(string verb, params string[] arguments) => SummaryOf((await BackupAsync(verb, arguments)).Done());

    public static JsonElement SummaryOf(Outcome outcome)
    {
        var last = JsonDocument.Parse(outcome.Lines[^1]).RootElement;
        Assert.Equal("summary", last.GetProperty("type").GetString());
        return last;
    }

    public async Task<int> SnapshotsAsync() => (await BackupAsync("snapshots", "laptop")).Done().Json.GetArrayLength();

    public IEnumerable<string> Stored(string type) => Desk.Control.Tree().Files.Select(f => f.Path).Where(p => p.Contains($"/laptop/{type}/", StringComparison.Ordinal));

    public static Dictionary<string, string> Contents(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
