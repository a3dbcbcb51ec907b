using System.Diagnostics;
using OneFichier.Drive.Index;
using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>A user of the program with a home and a temporary folder of his own: one machine. Several may share a sandbox.</summary>
/// <param name="folder">The home.</param>
/// <param name="command">What starts the program, before its arguments.</param>
/// <param name="sandbox">The service.</param>
public sealed class ProgramHome(string folder, IReadOnlyList<string> command, SandboxServer sandbox)
{
    private static readonly string[] s_inherited = ["PATH", "DOTNET_ROOT", "LANG"];

    /// <summary>The home.</summary>
    public string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    /// <summary>Where the program may put temporary files.</summary>
    public string Temporary { get; } = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;

    /// <summary>Variables the program gets besides those of its home.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Starts the program and leaves it running.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. arguments]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Except(s_inherited).ToList())
            start.Environment.Remove(name);

        foreach (var (name, value) in Variables().Concat(Extra))
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs the program to its end.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await error);
    }

    /// <summary>
    /// Lets the program forget what it has asked for, as if half an hour had passed. It spaces its listings of a folder by half a minute, which the sandbox here does not ask for; without this a
    /// test would mostly wait.
    /// </summary>
    public void ForgetBudget()
    {
        foreach (var ledger in StateFiles("quota*"))
            File.Delete(ledger);
    }

    /// <summary>
    /// Lets the index forget what the program noted of its own changes, as it does when they are older than any listing lags: until then it believes itself and not the service, and does not see what
    /// others make of them.
    /// </summary>
    public void ForgetOwnWrites()
    {
        foreach (var index in StateFiles("index.db"))
            new SqliteListingStore(index, new LaterTime()).Dispose();
    }

    /// <summary>What runs that are over have left behind: journals, temporary files.</summary>
    public IReadOnlyList<string> Leftovers() =>
    [
        .. StateFiles("*").Where(f => Path.GetFileName(Path.GetDirectoryName(f)) == "uploads"),
        .. Directory.EnumerateFileSystemEntries(Temporary),
        .. Directory.Exists(Path.Combine(Folder, "cache")) ? Directory.EnumerateFiles(Path.Combine(Folder, "cache"), "*", SearchOption.AllDirectories) : [],
    ];

    private IEnumerable<string> StateFiles(string pattern) =>
        Directory.Exists(Path.Combine(Folder, "state")) ? Directory.EnumerateFiles(Path.Combine(Folder, "state"), pattern, SearchOption.AllDirectories) : [];

    private Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["HOME"] = Folder,
        ["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config"),
        ["XDG_STATE_HOME"] = Path.Combine(Folder, "state"),
        ["XDG_CACHE_HOME"] = Path.Combine(Folder, "cache"),
        ["TMPDIR"] = Temporary,
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["FICHIER_API_BASE"] = sandbox.ApiBase.ToString(),
        ["FICHIER_API_KEY"] = SandboxOptions.DefaultKey,
    };
}

/// <summary>How a run of the program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said on the side.</param>
public sealed record ProgramRun(int Code, string Output, string Error);

/// <summary>The time in an hour.</summary>
file sealed class LaterTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(1);
}
