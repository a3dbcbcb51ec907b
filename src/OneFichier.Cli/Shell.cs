using System.CommandLine;
using System.Runtime.InteropServices;
using OneFichier.Cli.Logging;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli;

/// <summary>From the arguments to the exit code: parses, puts the settings together, runs a verb, and says how it ended.</summary>
internal sealed class Shell(Command root) : IDisposable
{
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };
    private readonly CancellationTokenSource _interrupted = new();
    private readonly Screen _screen = new(new Redactor());
    private bool _showsStack;

    public async Task<int> RunAsync(string[] arguments)
    {
        HideSecrets(arguments);
        using var witness = RunWitness.Begin(_screen, _interrupted);
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Environment.Exit(Report((Exception)e.ExceptionObject));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        try
        {
            var code = await DispatchAsync(arguments);
            _screen.Out.Flush();
            return code;
        }
        catch (Exception e)
        {
            return Report(e);
        }
    }

    public void Dispose()
    {
        _interrupted.Dispose();
        try
        {
            _screen.Dispose();
        }
        catch (IOException e) when (StandardStreams.IsClosedPipe(e))
        {
            // The reader has all it wanted.
        }
    }

    private async Task<int> DispatchAsync(string[] arguments)
    {
        if (arguments is ["--version" or "-V"])
            arguments = ["version"];

        var parse = root.Parse(arguments, Parser);
        _screen.Configure(GlobalFlags.Read(parse));
        if (parse.GetValue(GlobalFlags.Help) || (arguments.Length == 0 || parse.CommandResult.Command is VerbGroup) && parse.UnmatchedTokens.Count == 0)
        {
            new HelpWriter(_screen.Out).Write(parse.CommandResult.Command);
            return ExitCodes.Done;
        }

        var places = new Places(Environment.GetEnvironmentVariable, ConfigFlag(parse));
        var config = new ConfigStore(places.ConfigFile, TimeProvider.System).Load();
        var overlay = new SettingsOverlay(Environment.GetEnvironmentVariable, config);
        parse = root.Parse(overlay.Apply(parse, arguments), Parser);
        var globals = GlobalFlags.Read(parse);
        _screen.Configure(globals);
        _showsStack = globals.Verbosity >= 2;
        new UsageCheck(arguments, overlay).ThrowIfWrong(parse);

        using var logs = Logs.Open(globals, _screen, TimeProvider.System);
        var call = new Call(parse, globals, _screen, places, logs) { Config = config };
        return parse.CommandResult.Command is Verb verb
            ? await verb.RunAsync(call, _interrupted.Token)
            : throw CliException.Usage("Which command?", "See: fichier --help");
    }

    private static string? ConfigFlag(ParseResult parse) =>
        parse.GetValue(GlobalFlags.Config) is { Length: > 0 } given ? given
        : Environment.GetEnvironmentVariable(SettingsOverlay.VariableOf(GlobalFlags.Config)) is { Length: > 0 } value ? value
        : null;

    private int Report(Exception exception)
    {
        if (StandardStreams.IsClosedPipe(exception))
            return ExitCodes.Done;

        var failure = Failure.Of(exception);
        _screen.Fail(failure);
        if (_showsStack && exception is not (CliException or OperationCanceledException))
            _screen.Error.WriteLine(exception.ToString());

        return failure.ExitCode;
    }

    private void HideSecrets(string[] arguments)
    {
        if (arguments.Contains("login") || arguments.Contains("rotate"))
        {
            foreach (var argument in arguments.Where(a => ApiKey.TryParse(a, out var key, out _) && key.HasUsualShape))
                _screen.Redactor.Hide(argument);
        }

        foreach (var name in (string[])["FICHIER_API_KEY", "RCLONE_FICHIER_API_KEY", "FICHIER_PASSPHRASE", "FICHIER_CLUSTER"])
            _screen.Redactor.Hide(Environment.GetEnvironmentVariable(name));
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_interrupted.IsCancellationRequested)
            return;

        context.Cancel = true;
        _interrupted.Cancel();
    }
}
