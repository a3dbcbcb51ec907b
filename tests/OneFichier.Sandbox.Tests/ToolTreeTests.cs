using System.Text;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

/// <summary>A whole tree by rclone, which takes its time; so this runs beside its other work.</summary>
public sealed class ToolTreeTests : IDisposable
{
    private static readonly string[] Names =
    [
        "plain.txt", "it's $5 <é> `\"\\.txt", " spaces at both ends ", "日本語 ünïcode 👍.bin", "tab\there\u007f.txt", "%41 #&+;=?*|~.txt", "...dots.",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-judge-").FullName;

    [Fact(Skip = "rclone is not installed", SkipUnless = nameof(ToolTests.HasRclone), SkipType = typeof(ToolTests))]
    public async Task Rclone_copies_a_tree_of_awkward_names_up_and_down_and_finds_no_difference()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        var up = Tree();
        await RcloneAsync(service, "copy", up, "f:dst", "--transfers", "2");
        Assert.Contains("0 differences found", await RcloneErrorsAsync(service, "check", up, "f:dst"), StringComparison.Ordinal);
        var listed = await RcloneAsync(service, "lsf", "-R", "--files-only", "f:dst");
        Assert.Equal(Names.Length + 1, listed.Count(c => c == '\n'));

        var down = Path.Combine(folder, "down");
        await RcloneAsync(service, "copy", "f:dst", down);
        Assert.Equal(Contents(up), Contents(down));
        Assert.Equal(0, service.Control.Counters.SentTwice);
        Assert.All(service.Control.Requests, r => Assert.NotEqual("", r.Endpoint));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Dictionary<string, string> Contents(string root) => Directory.GetFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(root, f), File.ReadAllText, StringComparer.Ordinal);

    private Task<string> RcloneAsync(Service service, params string[] arguments) =>
        new Tool(service.Server, folder).RunAsync("rclone", arguments);

    private async Task<string> RcloneErrorsAsync(Service service, params string[] arguments)
    {
        var log = Path.Combine(folder, "rclone.log");
        await RcloneAsync(service, [.. arguments, "--log-file", log]);
        return await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
    }

    private string Tree()
    {
        var root = Path.Combine(folder, "up");
        Directory.CreateDirectory(Path.Combine(root, "in ner's"));
        foreach (var name in Names)
            File.WriteAllText(Path.Combine(root, name), "content of " + name, new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(root, "in ner's", "deep.txt"), "deep");
        return root;
    }
}
