using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;

namespace OneFichier.Cli.Commands;

internal sealed class WorkerVerb : Verb
{
    private readonly Option<long?> _jobs = Flags.Number("--jobs", "how many jobs run at a time", 4);

    public WorkerVerb() : base("worker", "Run jobs: those of this machine, or, with others, those of a cluster and its migrations.")
    {
        Details =
            "Runs until Ctrl-C or SIGTERM; runs under way are asked to stop then, and are done elsewhere or next time. The nodes of a cluster meet in a PostgreSQL database.\n"
            + "Each needs the key of the account and whatever folders the jobs name; together they keep to one request budget. A node that dies is noticed within seconds, and\n"
            + "what it was doing is done by another.";
        Examples =
        [
            new("fichier worker", "the jobs of this machine"),
            new("fichier worker --cluster-file /etc/fichier/cluster", "a node of a cluster; the file holds postgresql://user:password@host/database"),
            new("FICHIER_CLUSTER='Host=db;Username=fichier;Password=…' fichier worker", "the same by the environment"),
        ];
        Exits = [ExitCodes.Temporary];
        Options.Add(_jobs);
        ClusterFlags.AddTo(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var place = new JobPlace(call);
        var node = place.Node((int)Math.Clamp(call.Get(_jobs) ?? 4, 1, 64));
        await using (await JobScheduler.StartAsync(node, cancellationToken))
        await using (MigrateTeam.Join(call, node.Node))
        {
            call.Screen.Error.WriteLine($"running the jobs of {place.Name} as {node.Node}");
            if (call.Screen.Json)
                call.Screen.Event(new WorkerStarted("started", node.Node), JsonShapes.Default.WorkerStarted);

            ServiceManager.Say("READY=1");
            await ServeVerb.UntilEndAsync(cancellationToken);
            ServiceManager.Say("STOPPING=1");
        }

        return ExitCodes.Done;
    }
}

internal sealed record WorkerStarted(string Type, string Node);
