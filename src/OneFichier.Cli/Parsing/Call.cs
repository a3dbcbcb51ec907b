using System.CommandLine;
using Microsoft.Extensions.Logging;
using OneFichier.Cli.Settings;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Parsing;

/// <summary>One run of a verb: what was asked, and everything it may use.</summary>
internal sealed record Call(ParseResult Parse, Globals Globals, Screen Screen, Places Places, ILoggerFactory Logs)
{
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>The configuration as it was when the program started.</summary>
    public required Config Config { get; init; }

    public ConfigStore ConfigStore => new(Places.ConfigFile, Time);

    public T? Get<T>(Option<T> option) => Parse.GetValue(option);

    public T Get<T>(Argument<T> argument) => Parse.GetValue(argument)!;

    /// <summary>Whether a flag was given, on the command line, in the environment or in the configuration.</summary>
    public bool Has(Option option) => Parse.GetResult(option) is { Implicit: false };
}
