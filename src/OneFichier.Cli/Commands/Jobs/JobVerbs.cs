using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier job</c>: work that runs by itself.</summary>
internal static class JobVerbs
{
    public static VerbGroup Group() => new("job", "Schedule commands of this program, and see how their runs went.")
    {
        new JobAddVerb(),
        new JobLsVerb(),
        new JobRunVerb(),
        new JobLogVerb(),
        new JobPauseVerb("pause", "Let jobs rest.", paused: true),
        new JobPauseVerb("resume", "Let jobs go on from now; what fell due meanwhile is not caught up.", paused: false),
        new JobRmVerb(),
    };

    public static Argument<string> Name() => new("NAME") { Description = "the name of the job" };

    public static Argument<string[]> Names() => new("NAME") { Description = "the names of jobs", Arity = ArgumentArity.OneOrMore };
}

internal sealed class JobLsVerb : Verb
{
    public JobLsVerb() : base("ls", "List jobs: when each is due next, and how it went last.")
    {
        Examples = [new("fichier job ls", "for a person"), new("fichier job ls --json", "for a program")];
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        var jobs = await place.Store.JobsAsync(null, cancellationToken);
        if (call.Screen.Json)
        {
            call.Screen.Document([.. jobs.Select(JobShape.Of)], JsonShapes.Default.JobShapeArray);
            return ExitCodes.Done;
        }

        if (jobs.Count == 0)
            call.Screen.Note("There is no job. Add one: fichier job add --help");

        foreach (var job in jobs)
        {
            var next = job.Paused ? "paused" : $"next {JobShape.Time(job.Definition, job.Next)}";
            var last = job.Last is { } run ? RunShape.Sentence(job.Definition, run) : "no run yet";
            call.Screen.Line($"{job.Definition.Name,-12}  {JobShape.When(job.Definition)}  {next}  {call.Screen.Shown(JobShape.Line(job.Definition))}  {last}");
        }

        if (jobs.Count > 0 && !await place.Store.IsServedAsync(cancellationToken))
            call.Screen.Note($"Nothing runs the jobs of {place.Name} now. Start it: fichier worker, or fichier serve all");

        return ExitCodes.Done;
    }
}

internal sealed class JobPauseVerb : Verb
{
    private readonly Argument<string[]> _names = JobVerbs.Names();
    private readonly bool _paused;

    public JobPauseVerb(string name, string summary, bool paused) : base(name, summary)
    {
        _paused = paused;
        Examples = [new($"fichier job {name} nightly", "one of them")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_names);
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        foreach (var name in call.Get(_names))
        {
            if (!await place.Store.PauseAsync(name, _paused, cancellationToken))
                throw JobPlace.Missing(name);

            var job = await place.FindAsync(name, cancellationToken);
            if (call.Screen.Json)
                call.Screen.Event(JobShape.Of(job), JsonShapes.Default.JobShape);
            else
                call.Screen.Note(_paused ? $"{name} rests." : $"{name} goes on, due next {JobShape.Time(job.Definition, job.Next)}.");
        }

        return ExitCodes.Done;
    }
}

internal sealed class JobRmVerb : Verb
{
    private readonly Argument<string[]> _names = JobVerbs.Names();

    public JobRmVerb() : base("rm", "Remove jobs and the records of their runs. A run under way ends by itself.")
    {
        Examples = [new("fichier job rm nightly", "one of them")];
        Exits = [ExitCodes.Failed];
        Arguments.Add(_names);
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        foreach (var name in call.Get(_names))
        {
            await place.FindAsync(name, cancellationToken);
            if (call.Globals.DryRun)
                call.Screen.Note($"Would remove {name}.");
            else if (await place.Store.RemoveAsync(name, cancellationToken))
                call.Screen.Note($"Removed {name}.");
        }

        return ExitCodes.Done;
    }
}
