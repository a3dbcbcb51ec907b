using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class JobLogVerb : Verb
{
    private readonly Argument<string> _name = JobVerbs.Name();
    private readonly Option<long?> _count = Flags.Number("--count", "how many runs", 10);
    private readonly Option<string> _run = Flags.Text("--run", "ID", "what this run said (default the last one)");

    public JobLogVerb() : base("log", "Show the runs of a job, the newest first, and what the last one said.")
    {
        Details = "The last 200 runs are remembered, with the end of what each said.";
        Examples = [new("fichier job log nightly", "how it went lately"), new("fichier job log nightly --run 0199…", "what an earlier run said"), new("fichier job log nightly --json", "all of it, for a program")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_name);
        Options.Add(_count);
        Options.Add(_run);
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        var job = await place.FindAsync(call.Get(_name), cancellationToken);
        if (call.Get(_run) is { Length: > 0 } id)
        {
            var one = await place.Store.RunAsync(id, cancellationToken);
            if (one?.Job != job.Definition.Name)
                throw new CliException(ExitCodes.Failed, $"{job.Definition.Name} has no run '{Escaping.Visible(id)}'.", $"See: fichier job log {job.Definition.Name}");

            if (call.Screen.Json)
                call.Screen.Document(RunShape.Of(one), JsonShapes.Default.RunShape);
            else
                call.Screen.Out.Write(one.Log);

            return ExitCodes.Done;
        }

        var runs = await place.Store.RunsAsync(job.Definition.Name, (int)Math.Clamp(call.Get(_count) ?? 10, 1, 1000), cancellationToken);
        if (call.Screen.Json)
        {
            call.Screen.Document([.. runs.Select(RunShape.Of)], JsonShapes.Default.RunShapeArray);
            return ExitCodes.Done;
        }

        foreach (var run in runs)
            call.Screen.Line($"{run.Id}  {RunShape.Sentence(job.Definition, run)}");

        if (runs is [{ Log.Length: > 0 } last, ..])
            call.Screen.Out.Write("\n" + last.Log);

        return ExitCodes.Done;
    }
}
