using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class KeyAdviseVerb : Verb
{
    private readonly Option<bool> _strict = Flags.Switch("--strict", "end with code 1 when anything is serious");

    public KeyAdviseVerb() : base("advise", "Look at how the key is kept, and say what to do better.")
    {
        Details =
            "Where the key is, who can read it, how old it is, what carries it along (environments, start files of shells, their histories, logs, this folder), and what to set\n"
            + "on the service's Parameters page. Asks the service nothing.";
        Examples = [new("fichier key advise", "the report"), new("fichier key advise --strict --json", "for a check that runs now and then")];
        Options.Add(_strict);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var report = new List<AdviceShape>();
        await foreach (var advice in new KeyReport(call).RunAsync(cancellationToken))
        {
            report.Add(advice);
            if (!call.Screen.Json)
                call.Screen.Line(call.Screen.Shown($"{advice.Severity,-8} {advice.Subject,-12} {advice.What}") + (advice.Remedy.Length > 0 ? $"\n{"",22}{advice.Remedy}" : ""));
        }

        if (call.Screen.Json)
            call.Screen.Document([.. report], JsonShapes.Default.AdviceShapeArray);
        else
            call.Screen.Note($"{report.Count(a => a.Severity == AdviceShape.Serious)} serious, {report.Count(a => a.Severity == AdviceShape.Warning)} to look at.");

        return call.Get(_strict) && report.Any(a => a.Severity == AdviceShape.Serious) ? ExitCodes.Failed : ExitCodes.Done;
    }
}

/// <summary>One thing worth knowing about how a key is kept.</summary>
/// <param name="Subject">What it is about, in a word that stays.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="What">What was found.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Remedy">What to do; empty where all is well.</param>
internal sealed record AdviceShape(string Subject, string Severity, string What, string Why = "", string Remedy = "")
{
    public const string Good = "ok";
    public const string Hint = "hint";
    public const string Warning = "warning";
    public const string Serious = "serious";
}
