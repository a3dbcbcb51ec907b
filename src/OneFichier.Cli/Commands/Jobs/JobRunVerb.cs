using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli.Commands;

internal sealed class JobRunVerb : Verb
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Argument<string> _name = JobVerbs.Name();
    private readonly Option<bool> _wait = Flags.Switch("--wait", "until the run has ended; print its log, and end with its exit code");

    public JobRunVerb() : base("run", "Run a job now, whatever its timetable says.")
    {
        Details = "Whoever runs jobs here does it; where nobody does, this process itself, and then waits for it anyway.";
        Examples = [new("fichier job run nightly", "and go on"), new("fichier job run nightly --wait", "and see how it went")];
        Exits = [ExitCodes.Failed, ExitCodes.Temporary];
        Arguments.Add(_name);
        Options.Add(_wait);
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        var job = await place.FindAsync(call.Get(_name), cancellationToken);
        var isServed = await place.Store.IsServedAsync(cancellationToken);
        if (!isServed && job.Last?.State == RunState.Running)
            call.Screen.Note($"{job.Definition.Name} was running when whoever ran it vanished.");

        var id = await place.Store.RequestAsync(job.Definition.Name, cancellationToken);
        if (!isServed)
            await RunHereAsync(place, id, cancellationToken);
        else if (!call.Get(_wait))
            return Asked(call, place, await place.Store.RunAsync(id, cancellationToken));

        return Ended(call, job.Definition, await EndAsync(call, place, id, cancellationToken));
    }

    private static async Task RunHereAsync(JobPlace place, string id, CancellationToken cancellationToken)
    {
        var node = place.Node();
        await place.Store.BeatAsync(node.Node, cancellationToken);
        using var beating = new CancellationTokenSource();
        var beats = BeatAsync(node, beating.Token);
        try
        {
            await new RunDesk(node, cancellationToken).RunRequestedAsync(id);
        }
        finally
        {
            await beating.CancelAsync();
            await beats;
            await place.Store.LeaveAsync(node.Node, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task BeatAsync(JobSchedulerOptions node, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(JobStore.SilenceOfTheDead / 4, node.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await node.Store.BeatAsync(node.Node, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static async Task<RunRecord> EndAsync(Call call, JobPlace place, string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await place.Store.RunAsync(id, cancellationToken) ?? throw new CliException(ExitCodes.Failed, "The job was removed.");
            if (run.State is not (RunState.Asked or RunState.Running))
                return run;

            await Task.Delay(Pause, call.Time, cancellationToken);
        }
    }

    private static int Asked(Call call, JobPlace place, RunRecord? run)
    {
        if (call.Screen.Json && run is not null)
            call.Screen.Document(RunShape.Of(run), JsonShapes.Default.RunShape);
        else
            call.Screen.Note($"Asked {place.Name} for it. See: fichier job log {run?.Job}");

        return ExitCodes.Done;
    }

    private static int Ended(Call call, JobDefinition job, RunRecord run)
    {
        if (call.Screen.Json)
            call.Screen.Document(RunShape.Of(run), JsonShapes.Default.RunShape);
        else
        {
            call.Screen.Out.Write(run.Log);
            call.Screen.Note($"{job.Name}: {RunShape.Sentence(job, run)}");
        }

        return run.ExitCode ?? ExitCodes.Failed;
    }
}
