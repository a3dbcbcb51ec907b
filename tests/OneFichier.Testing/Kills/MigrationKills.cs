using System.Diagnostics;
using System.Globalization;
using System.Text;
using OneFichier.Hashing;
using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>
/// Several machines that carry one migration out together, on one database, while one of them is killed every now and then and comes back. Half of the files lie on a disk, half behind addresses; all are to arrive once.
/// </summary>
/// <param name="command">What starts the program.</param>
/// <param name="database">The cluster's database.</param>
/// <param name="seed">The chance.</param>
public sealed class MigrationKills(IReadOnlyList<string> command, string database, int seed)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan s_tell = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly List<Process> _killed = [];
    private long _told;

    /// <summary>Files in all.</summary>
    public required int Files { get; init; }

    /// <summary>Files in a folder.</summary>
    public int FilesInFolder { get; init; } = 100;

    /// <summary>Files in a slice.</summary>
    public required int Slice { get; init; }

    /// <summary>Machines.</summary>
    public int Machines { get; init; } = 3;

    /// <summary>Kills at most.</summary>
    public required int Kills { get; init; }

    /// <summary>After how many more upload sessions the next machine is killed.</summary>
    public int SessionsBetween { get; init; } = 2;

    /// <summary>What the service enforces.</summary>
    public SandboxLimits Limits { get; init; } = SandboxLimits.None;

    /// <summary>Time that passes between two kills at least.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.Zero;

    /// <summary>Told now and then how far it is.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Runs the migration and counts; what should not be is a failure of the tally.</summary>
    public async Task<KillTally> RunAsync(CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("fichier-migration-").FullName;
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Limits = Limits }, cancellationToken);
            await using var web = new RawServer(r => Page(r.Path));
            var homes = Enumerable.Range(0, Machines).Select(n => Home(Path.Combine(folder, $"machine{n}"), sandbox)).ToList();
            var wanted = Fill(Path.Combine(folder, "disk"), Path.Combine(folder, "list.txt"), web.Authority);
            var tally = new KillTally();
            var plan = await homes[0].RunAsync("migrate", "plan", Path.Combine(folder, "disk"), "--from-file", Path.Combine(folder, "list.txt"), "1f:moved", "--carry", "--name", "all", "--slice-files", $"{Slice}");
            if (plan.Code != 0)
                tally.Fail($"seed {seed}: the plan ended with {plan.Code}: {plan.Error}");
            else
                await CarryOutAsync(homes, sandbox, tally, cancellationToken);

            await JudgeAsync(homes[0], sandbox, wanted, tally);
            return tally;
        }
        finally
        {
            _killed.ForEach(p => p.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Content(int number) => Encoding.UTF8.GetBytes($"file {number}\n" + new string((char)('a' + number % 26), number % 4000));

    private static RawReply Page(string path)
    {
        var body = Content(int.Parse(path.AsSpan(path.LastIndexOf('/') + 1), CultureInfo.InvariantCulture));
        return new RawReply([.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nContent-Type: application/octet-stream\r\n\r\n"), .. body]);
    }

    private ProgramHome Home(string folder, SandboxServer sandbox) => new(folder, command, sandbox) { Extra = new Dictionary<string, string>(StringComparer.Ordinal) { ["FICHIER_CLUSTER"] = database } };

    /// <returns>The checksum of every path.</returns>
    private Dictionary<string, string> Fill(string disk, string list, string authority)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = new StringBuilder("# addresses\n");
        for (var number = 0; number < Files; number++)
        {
            var content = Content(number);
            var path = $"{(number % 2 == 0 ? "disk" : "web")}{number / 2 / FilesInFolder}/{number:D5}.bin";
            wanted[$"moved/{path}"] = Whirlpool.HashData(content).ToString();
            if (number % 2 == 1)
            {
                lines.Append(CultureInfo.InvariantCulture, $"http://{authority}/f/{number}\t{path}\t{content.Length}\n");
                continue;
            }

            Directory.CreateDirectory(Path.Combine(disk, Path.GetDirectoryName(path)!));
            File.WriteAllBytes(Path.Combine(disk, path), content);
        }

        File.WriteAllText(list, lines.ToString());
        return wanted;
    }

    private async Task CarryOutAsync(List<ProgramHome> homes, SandboxServer sandbox, KillTally tally, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var running = homes.ConvertAll(Start);
        var (next, last) = (Sessions(sandbox) + SessionsBetween, begun);
        while (running.Exists(r => !r.Process.HasExited))
        {
            await Task.Delay(s_look, TimeProvider.System, cancellationToken);
            Tell(sandbox, tally);
            if (TimeProvider.System.GetElapsedTime(begun) > s_longest)
            {
                tally.Fail($"seed {seed}: the migration did not end within {s_longest}.");
                running.FindAll(r => !r.Process.HasExited).ForEach(r => r.Process.Kill());
                return;
            }

            if (tally["kills"] >= Kills || Sessions(sandbox) < next || TimeProvider.System.GetElapsedTime(last) < Between)
                continue;

            (next, last) = (Sessions(sandbox) + SessionsBetween, TimeProvider.System.GetTimestamp());
            var victim = _random.Next(running.Count);
            if (running[victim].Process.HasExited)
                continue;

            running[victim].Process.Kill();
            await running[victim].Process.WaitForExitAsync(cancellationToken);
            _killed.Add(running[victim].Process);
            tally.Count("kills");
            running[victim] = Start(homes[victim]);
        }

        foreach (var (process, error) in running)
        {
            if (process.ExitCode != 0)
                tally.Fail($"seed {seed}: a machine ended with {process.ExitCode}: {await error}");

            process.Dispose();
        }
    }

    private static (Process Process, Task<string> Error) Start(ProgramHome home)
    {
        var process = home.Start("migrate", "run", "all", "-v");
        _ = process.StandardOutput.ReadToEndAsync();
        return (process, process.StandardError.ReadToEndAsync());
    }

    private void Tell(SandboxServer sandbox, KillTally tally)
    {
        if (Progress is null || TimeProvider.System.GetElapsedTime(_told) < s_tell)
            return;

        _told = TimeProvider.System.GetTimestamp();
        var counters = sandbox.Control.Counters;
        Progress($"{sandbox.Control.Tree().Files.Count} of {Files} files there, {tally["kills"]} kills, {counters.Api} requests, {Sessions(sandbox)} sessions, {counters.Endpoints.GetValueOrDefault("folder/ls")} listings, {counters.Floods} breaches");
    }

    private static long Sessions(SandboxServer sandbox) => sandbox.Control.Counters.Endpoints.GetValueOrDefault("upload.cgi");

    private async Task JudgeAsync(ProgramHome home, SandboxServer sandbox, Dictionary<string, string> wanted, KillTally tally)
    {
        var there = sandbox.Control.Tree().Files.ToLookup(f => f.Path, f => f.Checksum);
        tally.Count("files", wanted.Count);
        tally.Count("missing", wanted.Count(w => !there.Contains(w.Key)));
        tally.Count("twice", there.Count(g => g.Count() > 1));
        tally.Count("other", wanted.Count(w => there[w.Key].Any(c => c != w.Value)) + there.Count(g => !wanted.ContainsKey(g.Key)));
        var report = await home.RunAsync("migrate", "report", "all", "--format", "csv");
        tally.Count("proven", report.Output.Split('\n').Count(l => l.Contains(",proven,", StringComparison.Ordinal) && l.Contains(",whirlpool,", StringComparison.Ordinal)));
        var counters = sandbox.Control.Counters;
        tally.Count("floods", counters.Floods);
        tally.Count("api requests", counters.Api);
        tally.Count("sessions", Sessions(sandbox));
        foreach (var (endpoint, count) in counters.Endpoints)
            tally.Count($"endpoint: {endpoint}", count);

        if (tally["missing"] + tally["twice"] + tally["other"] + tally["floods"] > 0 || tally["proven"] != wanted.Count)
            tally.Fail($"seed {seed}: {tally["missing"]} missing, {tally["twice"]} twice, {tally["other"]} other, {tally["floods"]} floods, {tally["proven"]} of {wanted.Count} proven. {report.Error}");
    }
}
