using System.CommandLine;

namespace OneFichier.Cli.Parsing;

/// <summary>A command of the program: what its help says, and what it does.</summary>
internal abstract class Verb(string name, string summary) : Command(name, summary)
{
    /// <summary>What more there is to know, in paragraphs.</summary>
    public string Details { get; protected init; } = "";

    public IReadOnlyList<Example> Examples { get; protected init; } = [];

    /// <summary>The exit codes worth naming in the help, besides those every verb has.</summary>
    public IReadOnlyList<int> Exits { get; protected init; } = [];

    /// <summary>Does the work.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(Call call, CancellationToken cancellationToken);
}

/// <summary>A command that only holds others, as <c>fichier key</c>.</summary>
internal sealed class VerbGroup(string name, string summary) : Command(name, summary);

/// <summary>A line to type, and what it does.</summary>
internal sealed record Example(string Line, string Meaning);
