using Microsoft.Extensions.Logging;

namespace OneFichier.Cli;

/// <summary>The values of the flags that every verb has.</summary>
internal sealed record Globals
{
    public required string Account { get; init; }
    public bool Json { get; init; }
    public bool Quiet { get; init; }
    public int Verbosity { get; init; }
    public bool DryRun { get; init; }
    public bool Progress { get; init; }
    public string? LogFile { get; init; }
    public bool LogAsJson { get; init; }
    public string? Config { get; init; }
    public bool NoColor { get; init; }
    public bool Yes { get; init; }
    public TimeSpan MaxWait { get; init; }

    /// <summary>What is worth a line: warnings, with <c>-v</c> what happens, with <c>-vv</c> every step.</summary>
    public LogLevel LogLevel => Verbosity switch
    {
        0 => LogLevel.Warning,
        1 => LogLevel.Information,
        2 => LogLevel.Debug,
        _ => LogLevel.Trace,
    };
}
