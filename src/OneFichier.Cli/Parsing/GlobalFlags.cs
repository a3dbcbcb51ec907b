using System.CommandLine;

namespace OneFichier.Cli.Parsing;

/// <summary>The flags that every verb has, before it or after it.</summary>
internal static class GlobalFlags
{
    public static readonly Option<string> Account = Flags.Text("--account", "NAME", "which account, by its local name", "1f", "");
    public static readonly Option<bool> Json = Flags.Switch("--json", "print JSON: a document for a query, a line for each event of long work");
    public static readonly Option<bool> Quiet = Flags.Switch("--quiet", "say nothing but errors", "-q");
    public static readonly Option<bool> Verbose = Flags.Count("--verbose", "say what happens; twice: every step", "-v");
    public static readonly Option<bool> DryRun = Flags.Switch("--dry-run", "say what would be done, and do nothing", "-n");
    public static readonly Option<bool> Progress = Flags.Switch("--progress", "show progress even when standard error is no terminal", "-P");
    public static readonly Option<string> LogFile = Flags.Text("--log-file", "FILE", "append a log to this file");
    public static readonly Option<string> LogFormat = Flags.Choice("--log-format", "how the log is written", "text", "json");
    public static readonly Option<string> Config = Flags.Text("--config", "FILE", "the configuration file");
    public static readonly Option<bool> NoColor = Flags.Switch("--no-color", "no colours");
    public static readonly Option<bool> Yes = Flags.Switch("--yes", "do not ask, go ahead");
    public static readonly Option<TimeSpan?> MaxWait = Flags.Duration("--max-wait", "how long to wait for the request budget or the end of a lock", TimeSpan.FromMinutes(10));
    public static readonly Option<bool> Help = Flags.Switch("--help", "show this help", "-h");

    public static IReadOnlyList<Option> All { get; } =
        [Account, Json, Quiet, Verbose, DryRun, Progress, LogFile, LogFormat, Config, NoColor, Yes, MaxWait, Help];

    public static Globals Read(ParseResult parse) => new()
    {
        Account = parse.GetValue(Account) ?? "1f",
        Json = parse.GetValue(Json),
        Quiet = parse.GetValue(Quiet),
        Verbosity = parse.GetResult(Verbose)?.IdentifierTokenCount ?? 0,
        DryRun = parse.GetValue(DryRun),
        Progress = parse.GetValue(Progress),
        LogFile = parse.GetValue(LogFile),
        LogAsJson = parse.GetValue(LogFormat) == "json",
        Config = parse.GetValue(Config),
        NoColor = parse.GetValue(NoColor),
        Yes = parse.GetValue(Yes),
        MaxWait = parse.GetResult(MaxWait) is { Errors: { } errors } && errors.Any() ? TimeSpan.Zero : parse.GetValue(MaxWait) ?? TimeSpan.Zero,
    };
}
