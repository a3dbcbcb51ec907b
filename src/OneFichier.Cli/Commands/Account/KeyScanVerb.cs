using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Leaks;

namespace OneFichier.Cli.Commands;

internal sealed class KeyScanVerb : Verb
{
    private readonly Argument<string[]> _paths = new("PATH") { Description = "files and folders (default: this folder, and with it what --home names)", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _home = Flags.Switch("--home", "also what your shells remember and run at their start, rclone.conf, and settings of other programs");
    private readonly Option<bool> _noHistory = Flags.Switch("--no-history", "files as they are now only, no history of git");
    private readonly Option<bool> _staged = Flags.Switch("--staged", "what the next commit would hold, and nothing else");
    private readonly Option<bool> _install = Flags.Switch("--install-hook", "have git do that before each commit of the repository at PATH");
    private readonly Option<string> _least = Flags.Choice("--min-confidence", "what to report: from medium on all, certain only keys this machine uses", "medium", "high", "certain");

    public KeyScanVerb() : base("scan", "Find keys that lie open in files, in the whole history of git, and in what shells remember.")
    {
        Details =
            "A key is told from checksums and tokens of others by its shape and by what stands around it; a key that is stored here is found wherever it stands. Nothing is\n"
            + "sent anywhere, and a key is shown by four characters of each end. A line with fichier:allow in it is left out, and so is what the file .fichier-allow at the\n"
            + "root lists: fingerprints and paths. For a pipeline: 0 nothing was found, 1 keys were found, 6 nothing was found but something could not be read. See docs/guide/key.md.";
        Examples =
        [
            new("fichier key scan", "this folder, its history, and your home's usual places"),
            new("fichier key scan . --json", "a folder and its history, for a pipeline"),
            new("fichier key scan --install-hook", "look at each commit before it is made"),
        ];
        Exits = [ExitCodes.SomeFailed];
        Arguments.Add(_paths);
        foreach (var option in (Option[])[_home, _noHistory, _staged, _install, _least])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var paths = call.Get(_paths);
        if (paths.FirstOrDefault(p => !Path.Exists(p)) is { } missing)
            throw new CliException(ExitCodes.FileNotFound, $"There is nothing at '{Escaping.Visible(missing)}'.");
        if (call.Get(_install))
            return await InstallAsync(call, paths is [var at, ..] ? at : ".", cancellationToken);

        var scan = new LeakScan(new LeakDetector(await KnownKeys.OfAsync(call, cancellationToken)), new LeakScanOptions
        {
            Paths = [.. (paths is [] ? ["."] : paths).Select(Path.GetFullPath), .. call.Get(_home) || paths is [] ? HomePaths() : []],
            Histories = !call.Get(_noHistory),
            Least = Enum.Parse<LeakConfidence>(call.Get(_least)!, ignoreCase: true),
        });
        var found = call.Get(_staged) ? await scan.RunStagedAsync(paths is [var folder, ..] ? folder : ".", cancellationToken) : await scan.RunAsync(cancellationToken);
        Print(call.Screen, found, scan.Tally);
        return found.Count > 0 ? ExitCodes.Failed : scan.Tally.Unreadable.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static IEnumerable<string> HomePaths()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return HomeFiles.HistoriesIn(home, Environment.GetEnvironmentVariable).Concat(HomeFiles.StartsIn(home)).Concat(HomeFiles.SettingsIn(home, Environment.GetEnvironmentVariable));
    }

    private static async Task<int> InstallAsync(Call call, string folder, CancellationToken cancellationToken)
    {
        var path = await CommitHook.PathAsync(folder, cancellationToken);
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would write the hook '{path}'.");
            return ExitCodes.Done;
        }

        if (!await CommitHook.InstallAsync(path, Environment.ProcessPath ?? "fichier", cancellationToken))
            throw new CliException(ExitCodes.Failed, $"There is a hook of yours at '{path}', which is left as it is.", $"Add this line to it: {CommitHook.Line}");

        call.Screen.Note($"Before each commit git now looks for keys: '{path}'. To commit all the same: git commit --no-verify");
        return ExitCodes.Done;
    }

    private static void Print(Screen screen, IReadOnlyList<FoundLeak> found, LeakTally tally)
    {
        foreach (var (path, reason) in tally.Unreadable)
            screen.Warn($"not read: {Escaping.Visible(path)}: {reason}");

        if (screen.Json)
        {
            screen.Document(ScanShape.Of(found, tally), JsonShapes.Default.ScanShape);
            return;
        }

        foreach (var leak in found)
            screen.Line(screen.Shown(Line(leak)));

        var history = tally.Objects > 0 ? $" and {tally.Objects} objects of git histories" : "";
        screen.Note($"{(found.Count == 0 ? "No key" : $"{Counted(found.Count, "place")} with {Counted(found.Select(f => f.Leak.Fingerprint).Distinct(StringComparer.Ordinal).Count(), "key")}")} in {tally.Files} files{history} ({Units.Size(tally.Bytes)}).");
        foreach (var step in LeakAdvice.For(found))
            screen.Note(step);
    }

    private static string Counted(int count, string noun) => count == 1 ? $"one {noun}" : $"{count} {noun}s";

    private static string Line(FoundLeak found)
    {
        var where = found.Place switch
        {
            LeakPlace.File => found.IsIgnored ? ", left alone by git" : "",
            LeakPlace.Staged => ", staged",
            LeakPlace.Message => $", in the message of commit {found.Commit?[..12]}",
            _ when found.Commit is { } commit => $", in commit {commit[..12]} of {found.Committed:yyyy-MM-dd}",
            _ => ", in no commit that can be reached",
        };
        return $"{Shortened(found.Path)}:{found.Leak.Line}:{found.Leak.Column}: {found.Leak.Key} ({found.Leak.Confidence.ToString().ToLowerInvariant()}: {found.Leak.Why}{where}; fingerprint {found.Leak.Fingerprint})";
    }

    private static string Shortened(string path) => Path.IsPathRooted(path) && Path.GetRelativePath(".", path) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : path;
}
