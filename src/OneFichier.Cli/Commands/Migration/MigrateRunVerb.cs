using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Migration;
using OneFichier.Drive.Sync;
using OneFichier.Server.Migration;
using OneFichier.Server.Store;

namespace OneFichier.Cli.Commands;

internal sealed class MigrateRunVerb : Verb
{
    private readonly Argument<string?> _name = MigrateVerbs.Name();
    private readonly Option<long?> _transfers = Flags.Number("--transfers", "slices at the same time", 3);
    private readonly Option<long?> _retries = Flags.Number("--retries", "how often what failed is tried in this run", 3);
    private readonly Option<TimeSpan?> _patience = Flags.Duration("--fetch-patience", "how long the service may take to fetch an address before it is carried", TimeSpan.FromHours(6));
    private readonly Option<string> _rclone = Flags.Text("--rclone", "PROGRAM", "the rclone to use", "rclone");
    private readonly Option<string> _bandwidth = RunFlags.BandwidthFlag();
    private readonly Option<bool> _detach = Flags.Switch("--detach", "leave it to the workers of the cluster, and do not wait for them");
    private readonly Option<bool> _again = Flags.Switch("--prove-again", "list and compare what is proven already too");

    public MigrateRunVerb() : base("run", "Carry a migration out, or go on with it, and prove every file.")
    {
        Details =
            "Killed or interrupted at any point, the same command does the rest: what has arrived is found and not sent again. At the end every folder is listed\n"
            + "anew, and each file compared by size and Whirlpool; see: fichier migrate report. What failed is tried again by the next run. With --cluster, or\n"
            + "FICHIER_CLUSTER, any number of machines run the same migration together within one request budget; a plan for it is made with the same flag.\n"
            + "Workers of the cluster join by themselves, and end what was begun.";
        Examples = [new("fichier migrate run photos", "by name"), new("fichier migrate run -P --transfers 5", "the only open one, five sessions at once, with progress"), new("fichier migrate run photos --cluster-file ~/cluster", "on several machines at once: the same line on each"), new("fichier migrate run --bwlimit '08:00,2M 19:00,off'", "slower by day")];
        Exits = [ExitCodes.Temporary, ExitCodes.SomeFailed, ExitCodes.Fatal, ExitCodes.Key, ExitCodes.Integrity];
        Arguments.Add(_name);
        foreach (var option in (Option[])[_transfers, _retries, _patience, _bandwidth, _rclone, _again, _detach])
            Options.Add(option);

        MigrateStore.AddFlags(this);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var parallel = (int)Math.Clamp(call.Get(_transfers) ?? 3, 1, TransferClient.ConnectionCeiling);
        using var session = new RemoteSession(call) { Volumes = new RemoteVolumeOptions { Sessions = parallel } };
        await using var store = await MigrateStore.OpenAsync(call, session, call.Globals.Account, cancellationToken);
        var head = await MigrateStore.FindAsync(store, call.Get(_name), cancellationToken);
        var before = MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), []);
        if (call.Globals.DryRun)
            return await new MigratePlanReport(call, store, head).WriteAsync(cancellationToken);

        if (call.Get(_detach))
            return await DetachAsync(call, store, head, cancellationToken);

        var display = new MigrateDisplay(call, head) { Files = before.Files - before.Cannot, Before = before.Proven + before.Stored };
        using var work = new MigrateWork(call, session, store)
        {
            Rclone = call.Get(_rclone)!,
            Options = new MigrationOptions
            {
                Parallel = parallel,
                Rounds = (int)Math.Clamp(call.Get(_retries) ?? 3, 1, 100),
                FetchPatience = call.Get(_patience) ?? TimeSpan.FromHours(6),
                SpoolFolder = Path.Combine(call.Places.CacheFolder, "migrate"),
                Throttle = RunFlags.BandwidthOf(call, _bandwidth) is { } bandwidth ? content => bandwidth.Throttle(content, BandwidthDirection.Up) : content => content,
                Time = call.Time,
                Progress = display,
            },
            ProvesAgain = call.Get(_again),
        };
        await display.RunAsync(head.Name, () => ClusterFlags.Of(call) is { } address ? TogetherAsync(call, store, (head.Name, address), work, cancellationToken) : AloneAsync(call, session, head.Name, work, cancellationToken));
        return MigrateConclusion.Of(call, MigrationShape.Of(head, await store.CountAsync(head.Name, cancellationToken), []), away: display is { Passing: true, Lasting: false });
    }

    private static async Task<int> DetachAsync(Call call, IMigrationStore store, MigrationHead head, CancellationToken cancellationToken)
    {
        if (ClusterFlags.Of(call) is null)
            throw CliException.Usage("--detach leaves the migration to the workers of a cluster, and none is named.", "Name it with --cluster or --cluster-file; on one machine: fichier job add … -- migrate run");

        await store.BeginRunAsync(head.Name, cancellationToken);
        call.Screen.Note($"The workers of the cluster do it from here. Look at it: fichier migrate status {head.Name}");
        return ExitCodes.Done;
    }

    private static async Task<bool> AloneAsync(Call call, RemoteSession session, string name, MigrateWork work, CancellationToken cancellationToken)
    {
        using var turn = await MigrateStore.TurnAsync(call, session, name, cancellationToken);
        await work.DoAllAsync(name, cancellationToken);
        await work.ProveAsync(name, cancellationToken);
        return true;
    }

    /// <summary>As a node of a cluster: any number of machines may run the same migration, and those that die are done without.</summary>
    private static async Task<bool> TogetherAsync(Call call, IMigrationStore store, (string Name, ClusterAddress Address) migration, MigrateWork work, CancellationToken cancellationToken)
    {
        await using var node = await MigrationNode.JoinAsync(
            new MigrationNodeOptions(migration.Address, store, work)
            {
                Node = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}",
                Concurrency = work.Options.Parallel,
                Patience = ClusterFlags.Patience(call),
                Time = call.Time,
                Logs = call.Logs,
            },
            cancellationToken);
        await node.CompleteAsync(migration.Name, cancellationToken);
        return true;
    }
}

/// <summary>How a run of a migration ended.</summary>
internal static class MigrateConclusion
{
    /// <param name="call">The run.</param>
    /// <param name="shape">What has become of the migration.</param>
    /// <param name="away">Whether all that failed did so because the service or the network was away.</param>
    public static int Of(Call call, MigrationShape shape, bool away = false)
    {
        if (call.Screen.Json)
            call.Screen.Event(shape with { Type = "summary" }, JsonShapes.Default.MigrationShape);
        else
            call.Screen.Note(Sentence(shape));

        if (shape.Wrong > 0)
            throw new CliException(ExitCodes.Integrity, $"{shape.Wrong} files are not on the service as they are in their source.", "They are listed by: fichier migrate report; the next run sends them again");
        if (away && shape.Failed > 0)
            throw new CliException(ExitCodes.Temporary, $"The service could not be reached for {shape.Failed} files.", "The same command tries them again.");
        if (shape.Failed + shape.Waiting + shape.Stored > 0)
            throw new CliException(ExitCodes.SomeFailed, $"{shape.Failed + shape.Waiting + shape.Stored} files did not arrive or are not proven; they are listed above.", "The same command tries them again.");

        return shape.Cannot == 0 ? ExitCodes.Done : throw new CliException(ExitCodes.SomeFailed, $"{shape.Cannot} files could not go from the start; the rest arrived.", "See why: fichier migrate report");
    }

    public static string Sentence(MigrationShape shape)
    {
        var alone = shape.ProvenBySizeAlone == 0 ? "" : $", {shape.ProvenBySizeAlone} of them by size alone, as their source tells no checksum and no bytes passed here";
        return $"{shape.Proven} of {shape.Files} files are there and proven ({Units.Size(shape.BytesDone)}){alone}; {shape.Failed + shape.Wrong} failed, {shape.Cannot} could not go, {shape.Waiting + shape.Stored} are left.";
    }
}
