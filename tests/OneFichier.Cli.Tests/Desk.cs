using System.Diagnostics;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Cli.Tests;

/// <summary>
/// A user of the real program: a home of its own, an environment without anything of the machine's, and, where asked for, a sandbox.
/// The program runs as a process of its own, as a shell would run it.
/// </summary>
public sealed class Desk : IAsyncDisposable
{
    /// <summary>The program: the one that was built with these tests or, where <c>./test</c> has compiled it ahead of time, that one, since it starts faster.</summary>
    public static readonly string Program = System.Environment.GetEnvironmentVariable("FICHIER_TEST_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "fichier.dll");

    private static readonly string[] Kept = ["PATH", "DOTNET_ROOT", "LANG"];

    private PassingTime? _time;

    private Desk(SandboxServer? sandbox)
    {
        Sandbox = sandbox;
        Home = Directory.CreateTempSubdirectory("fichier-desk-").FullName;
        Environment = new()
        {
            ["HOME"] = Home,
            ["XDG_CONFIG_HOME"] = Path.Combine(Home, "config"),
            ["XDG_STATE_HOME"] = Path.Combine(Home, "state"),
            ["XDG_CACHE_HOME"] = Path.Combine(Home, "cache"),
            ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(Home, "tmp")).FullName,
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_EnableDiagnostics"] = "0",
        };
        if (sandbox is not null)
        {
            Environment["FICHIER_API_BASE"] = sandbox.ApiBase.ToString();
            Environment["FICHIER_API_KEY"] = SandboxOptions.DefaultKey;
        }
    }

    public SandboxServer? Sandbox { get; }

    public SandboxControl Control => Sandbox!.Control;

    public string Home { get; }

    public Dictionary<string, string> Environment { get; }

    public string ConfigFile => Path.Combine(Home, "config", "fichier", "config.json");

    /// <summary>A desk without a service.</summary>
    public static Desk Alone() => new(null);

    /// <summary>
    /// A desk with a sandbox and its key in the environment. Where the sandbox has no limits, hours pass for the program's request budget after each request, so that it does not wait for limits
    /// that nobody enforces.
    /// </summary>
    public static async Task<Desk> WithSandboxAsync(SandboxOptions? options = null)
    {
        var desk = new Desk(await SandboxServer.StartAsync(options));
        desk._time = (options?.Limits ?? SandboxLimits.None) == SandboxLimits.None ? new PassingTime(desk.Home) : null;
        return desk;
    }

    /// <summary>From here on no more time passes than does: the program knows what it has just asked for.</summary>
    public async Task<Desk> InAHurryAsync()
    {
        await StopTimeAsync();
        return this;
    }

    /// <summary>A file in the home, made with its folders.</summary>
    public string File(string name, string content = "hello\n")
    {
        var path = Path.Combine(Home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public Desk With(string variable, string? value)
    {
        if (value is null)
            Environment.Remove(variable);
        else
            Environment[variable] = value;

        return this;
    }

    /// <summary>Runs the program to its end, with nothing on its standard input.</summary>
    public Task<Outcome> RunAsync(params string[] arguments) => RunAsync(arguments, "");

    public async Task<Outcome> RunAsync(string[] arguments, string input)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts the program and leaves it running.</summary>
    public Process Start(params string[] arguments) => StartProgram("dotnet", ["exec", Program, .. arguments]);

    /// <summary>Runs a line of bash in which <c>fichier</c> is the program.</summary>
    public async Task<Outcome> ShellAsync(string line)
    {
        using var process = StartShell(line);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Starts such a line and leaves it running.</summary>
    public Process StartShell(string line) => StartProgram("bash", ["-c", $"fichier() {{ dotnet exec '{Program}' \"$@\"; }}; {line}"]);

    public static async Task<Outcome> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        await StopTimeAsync();
        if (Sandbox is not null)
            await Sandbox.DisposeAsync();

        Directory.Delete(Home, recursive: true);
    }

    private async ValueTask StopTimeAsync()
    {
        if (_time is not null)
            await _time.DisposeAsync();

        _time = null;
    }

    private Process StartProgram(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Home,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Kept).ToList())
            start.Environment.Remove(name);

        foreach (var (name, value) in Environment)
            start.Environment[name] = value;

        return Process.Start(start)!;
    }
}

/// <summary>How a run of the program ended.</summary>
public sealed record Outcome(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public System.Text.Json.JsonElement Json => System.Text.Json.JsonDocument.Parse(Out).RootElement;

    /// <summary>The outcome itself, once it is sure that the program was content.</summary>
    public Outcome Done()
    {
        Assert.True(Code == 0, $"exit code {Code}\n{Out}\n{Error}");
        return this;
    }
}
