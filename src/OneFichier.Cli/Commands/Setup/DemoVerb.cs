using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Hashing;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Commands;

internal sealed class DemoVerb : Verb
{
    private readonly Argument<string?> _folder = new("FOLDER") { Arity = ArgumentArity.ZeroOrOne, Description = "what to upload; the project's own docs, or a few made-up files, without it" };

    public DemoVerb() : base("demo", "Show the main job, end to end, against an embedded sandbox.")
    {
        Details =
            "Starts a sandbox with the documented limits and runs the program itself against it, as a user would: logs in, uploads a folder, lists it, makes\n"
            + "direct links, downloads, compares, and shows the request budget. Needs no account, touches no settings, leaves nothing behind.";
        Examples = [new("fichier demo", "with the project's own docs"), new("fichier demo ~/photos/2024", "with a folder of yours")];
        Exits = [ExitCodes.Integrity];
        Arguments.Add(_folder);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        using var stage = new DemoStage(call.Screen);
        var folder = stage.Source(call.Get(_folder));
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Limits = SandboxLimits.Documented }, cancellationToken);
        stage.PointAt(sandbox);
        stage.Say($"A sandbox plays the service at {sandbox.ApiBase}, as strict as the documented limits.");
        var name = Path.GetFileName(folder);
        foreach (var line in (string[][])
        [
            ["login", "--key-file", stage.KeyFile],
            ["account"],
            ["put", folder, "1f:"],
            ["tree", $"1f:{name}"],
            ["url", .. DemoStage.SomeFiles(folder).Select(f => $"1f:{name}/{f}")],
            ["get", $"1f:{name}", stage.Down],
            ["quota"],
        ])
        {
            if (await stage.RunAsync(line, cancellationToken) is not 0 and var code)
                return code;
        }

        return Compare(call, stage, sandbox.Control.Counters, (folder, Path.Combine(stage.Down, name)));
    }

    private static int Compare(Call call, DemoStage stage, RequestCounters counters, (string Sent, string Come) folders)
    {
        var sent = Checksums(folders.Sent);
        var same = sent.Count(f => Checksums(folders.Come).Contains(f));
        stage.Say($"{same} of {sent.Count} files came back identical, compared by Whirlpool checksum.");
        stage.Say($"Requests to the API host: {counters.Api} for {sent.Count} files up and down; refused for flooding: {counters.Floods}.");
        if (call.Screen.Json)
            call.Screen.Event(new DemoSummary("summary", sent.Count, same, counters.Api, counters.Floods), JsonShapes.Default.DemoSummary);

        return same == sent.Count && counters.Floods == 0 ? ExitCodes.Done : ExitCodes.Integrity;
    }

    private static HashSet<(string Path, WhirlpoolHash Checksum)> Checksums(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).Select(f => (Path.GetRelativePath(folder, f), Checksum(f)))];

    private static WhirlpoolHash Checksum(string file)
    {
        using var stream = File.OpenRead(file);
        return Whirlpool.HashData(stream);
    }
}

internal sealed record DemoSummary(string Type, int Files, int Identical, long Requests, long Floods);
