using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>
/// Runs of <c>fichier sync</c> that are killed or meet faults, on one account and one home, each followed by a run that is left alone and a third that must find nothing to do. Up from a tree that
/// changes before each run, or down into one that changes likewise.
/// </summary>
public sealed class KilledRuns
{
    private const string Account = "tree";

    private static readonly string[] s_changing = ["upload.cgi", "folder/mkdir", "folder/rm", "folder/mv", "file/rm", "file/cp", "file/mv", "file/rename", "download"];
    private static readonly string[] s_faults = ["html=0.1", "error=0.1", "busy=0.05", "cut=0.1", "cutafter=0.15", "half=0.1", "slow=0.1", "refuse=0.2", "wait=0.3", "nolinks=0.1", "twice=0.3", "upload.cgi:lag=0.3", "file/rm:lag=0.3", "download:corrupt=0.2", "download:short=0.1", "download:half=0.3"];

    private readonly Random _random;
    private readonly SandboxServer _sandbox;
    private readonly ProgramHome _home;
    private readonly KillTally _tally;
    private readonly WildTree _up;
    private readonly WildTree _down;
    private readonly string _seed;
    private TimeSpan _typical = TimeSpan.FromSeconds(2);

    private KilledRuns(int seed, ProgramHome home, SandboxServer sandbox, KillTally tally)
    {
        (_seed, _random, _home, _sandbox, _tally) = ($"seed {seed}", new Random(seed), home, sandbox, tally);
        _up = new WildTree(Path.Combine(home.Folder, "up"), _random);
        _down = new WildTree(Path.Combine(home.Folder, "down"), _random);
    }

    private SandboxControl Control => _sandbox.Control;

    /// <summary>Does so many runs, in several lanes at once, since much of the time goes into waiting.</summary>
    /// <param name="seed">Repeats it, as far as processes can be repeated.</param>
    /// <param name="runs">How many.</param>
    /// <param name="command">What starts the program.</param>
    /// <param name="lanes">How many at once, each with an account and a home of its own.</param>
    public static async Task<KillTally> RunAsync(int seed, int runs, IReadOnlyList<string> command, int lanes)
    {
        var tally = new KillTally();
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => LaneAsync(seed + lane, (runs + lanes - 1 - lane) / lanes, command, tally)));
        return tally;
    }

    private static async Task LaneAsync(int seed, int runs, IReadOnlyList<string> command, KillTally tally)
    {
        using var folder = new TempFolder();
        await using var sandbox = await SandboxServer.StartAsync();
        await using var time = new PassingTime(folder["home"]);
        var lane = new KilledRuns(seed, new ProgramHome(folder["home"], command, sandbox), sandbox, tally);
        for (var n = 1; n <= runs; n++)
            await lane.RoundAsync(n);
    }

    private async Task RoundAsync(int number)
    {
        var down = number > 1 && _random.Next(4) == 0;
        var faults = _random.Next(2) == 0 ? FaultPlan.None : FaultPlan.Parse($"seed={_random.Next()}," + string.Join(',', _random.GetItems(s_faults, 3).Distinct()));
        var point = faults != FaultPlan.None && _random.Next(4) == 0 ? KillPoint.Never : KillPoint.Draw(_random, down, _typical);
        (down ? _down : _up).Change(point.Name);
        var tracks = point.Name is "file/mv" or "file/rename" || _random.Next(3) == 0;
        string[] sync = ["sync", "--create-empty-src-dirs", "--json", .. tracks ? (string[])["--track-renames"] : [], .. down ? [$"1f:{Account}", _down.Root] : (string[])[_up.Root, $"1f:{Account}"]];
        var sentTwice = Control.Counters.SentTwice;
        await BreakAsync(sync, faults, point);
        var wrong = await FinishAsync(sync, down);
        if (Control.Counters.SentTwice - sentTwice is > 0 and var again)
        {
            _tally.Count("files sent again although they had arrived whole", again);
            wrong.Add($"{again} files were sent again although they had arrived whole");
        }

        if (wrong.Count > 0)
            _tally.Fail($"{_seed}, run {number}, {string.Join(' ', sync)}, killed at {point}, faults {faults}: {string.Join("; ", wrong)}");
    }

    /// <summary>The run that is killed, or only meets faults.</summary>
    private async Task BreakAsync(string[] sync, FaultPlan faults, KillPoint point)
    {
        Control.Faults = faults;
        var before = Control.Requests.Count;
        var killed = await point.KillAsync(() => _home.Start(sync), Control);
        Control.Faults = FaultPlan.None;
        Control.ResetFaults();
        Control.Advance(TimeSpan.FromSeconds(10));
        _tally.Count("runs");
        _tally.Count(killed ? "killed while running" : "ended before they were killed");
        if (killed)
            _tally.Count($"point: {point.Name}{(point.Unanswered ? ", which gets no answer" : "")}");
        foreach (var fault in Control.Requests.Skip(before).Select(r => r.Fault).OfType<FaultKind>())
            _tally.Count($"fault: {fault.ToString().ToLowerInvariant()}");
    }

    /// <summary>The run that is left alone, what is looked at after it, and the run that should have nothing to do.</summary>
    private async Task<List<string>> FinishAsync(string[] sync, bool down)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var clean = await _home.RunAsync(sync);
        _typical = TimeProvider.System.GetElapsedTime(begun);
        var (here, there) = (TreeImage.OfDisk(down ? _down.Root : _up.Root), TreeImage.OfAccount(Control.Tree(), Account));
        _tally.Count("files compared", here.Files);
        var wrong = down ? here.Differences(there).Select(d => "the disk " + d).ToList() : there.Differences(here).Select(d => "the account " + d).ToList();
        _tally.Count("differences", wrong.Count);
        if (clean.Code != 0)
            wrong.Add($"the run left alone ended with {clean.Code}: {clean.Error}");

        var leftovers = _home.Leftovers();
        _tally.Count("leftovers", leftovers.Count);
        wrong.AddRange(leftovers.Select(l => $"left behind: {l}"));
        var changes = Changes();
        var third = await _home.RunAsync(sync);
        if (third.Code != 0 || Changes() != changes)
            wrong.Add($"a further run ended with {third.Code} and changed something: {third.Output} {third.Error}");

        return wrong;
    }

    private long Changes() => s_changing.Sum(e => Control.Counters.Endpoints.GetValueOrDefault(e));
}
