using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OneFichier.Drive.Migration;
using OneFichier.Server.Store;
using Quartz;

namespace OneFichier.Server.Migration;

/// <summary>
/// A node that takes part in the migrations of a cluster. A few slices are a job of Quartz' clustered store: it goes to one node at a time. Of a node that died Quartz forgets, some seconds later, that it had one, and whoever looks next puts it out again. That doing a slice
/// twice does no harm is for <see cref="SliceRunner"/> to see to.
/// </summary>
public sealed class MigrationNode : IAsyncDisposable
{
    private const long SchemaLock = 0x66696368_00000004;

    private static readonly TimeSpan s_checkIn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_slowBeat = TimeSpan.FromSeconds(5);

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _quartz;
    private readonly MigrationNodeOptions _options;
    private readonly CancellationTokenSource _stop;
    private readonly ILogger _log;
    private readonly MigrationDesk _desk;
    private readonly ConcurrentDictionary<(string Name, DateTimeOffset Created), IReadOnlyDictionary<string, IReadOnlyList<long>>> _jobs = new();

    private MigrationNode(StandaloneSchedulerFactory factory, IScheduler quartz, MigrationNodeOptions options)
    {
        (_factory, _quartz, _options, _stop) = (factory, quartz, options, new CancellationTokenSource());
        _log = options.Logs.CreateLogger("OneFichier.Migration");
        _desk = new MigrationDesk(options.Work, _log, _stop.Token);
        quartz.Context[SliceJob.Desk] = _desk;
    }

    /// <summary>Fails with what keeps this node from working, as a refused key; it does nothing from then on and is to leave. Never ends otherwise.</summary>
    public Task Failed => _desk.Failed;

    /// <summary>Joins the cluster; from now on slices come.</summary>
    /// <exception cref="FichierException">The cluster's database cannot be used.</exception>
    public static async Task<MigrationNode> JoinAsync(MigrationNodeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var database = new ClusterDatabase(options.Address, options.Time) { Patience = options.Patience };
        return await database.InTransactionAsync(
            async (connection, transaction, token) =>
            {
                // Nodes that start in one moment would make Quartz' tables at once.
                await using var turn = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({SchemaLock})", connection, transaction);
                await turn.ExecuteNonQueryAsync(token);
                return await StartAsync(options, token);
            },
            cancellationToken);
    }

    /// <summary>
    /// Sees a migration through, with all who take part: puts its folders out as a job, then its open slices, and its proof when none is open, until nothing is left. Any number of nodes may do so for the same migration.
    /// </summary>
    /// <exception cref="FichierException">What keeps this node from working, as a refused key; others go on.</exception>
    public async Task CompleteAsync(string migration, CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(s_beat, _options.Time);
        await _options.Store.BeginRunAsync(migration, cancellationToken);
        while (!await PutOutAsync(migration, cancellationToken))
            await BeatAsync(timer, cancellationToken);
    }

    /// <summary>Sees every migration through that somebody has begun to run, for as long as the call lasts: also when those who began are gone.</summary>
    /// <exception cref="FichierException">What keeps this node from working.</exception>
    public async Task CompleteAllAsync(CancellationToken cancellationToken = default)
    {
        using var timer = new PeriodicTimer(s_slowBeat, _options.Time);
        while (true)
        {
            foreach (var head in (await _options.Store.ListAsync(cancellationToken)).Where(h => h.Begun))
                await PutOutAsync(head.Name, cancellationToken);

            await BeatAsync(timer, cancellationToken);
        }
    }

    /// <summary>Takes nothing more; what is under way is stopped, and left to others.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _quartz.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        await _factory.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task<MigrationNode> StartAsync(MigrationNodeOptions options, CancellationToken cancellationToken)
    {
        var factory = Build(options);
        try
        {
            var quartz = await factory.GetScheduler(cancellationToken);
            var node = new MigrationNode(factory, quartz, options);
            await quartz.Start(cancellationToken);
            return node;
        }
        catch (SchedulerException e)
        {
            await factory.DisposeAsync();
            throw new FichierException($"The scheduler of the cluster cannot be started: {e.Message}", e);
        }
    }

    private static StandaloneSchedulerFactory Build(MigrationNodeOptions options) => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.Services.AddSingleton(options.Logs);
        quartz.UseTimeProvider(options.Time);
        quartz.ConfigureScheduler(s =>
        {
            s.InstanceName = "fichier-migrations";
            s.InstanceId = options.Node;
            s.IdleWaitTime = s_checkIn;
        });
        quartz.UseDefaultThreadPool(options.Concurrency);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, options.Address.ConnectionString);
            store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (s_checkIn, 2 * s_checkIn));
            store.ConfigureStore(s => s.StoreJobDataAsStrings = true);
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        });
    }).Build();

    private async Task BeatAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(tick, _desk.Failed) == _desk.Failed)
            await _desk.Failed;

        await tick;
    }

    /// <returns>Whether nothing is left.</returns>
    private async Task<bool> PutOutAsync(string migration, CancellationToken cancellationToken)
    {
        var due = await DueAsync(migration, cancellationToken);
        if (due.Count == 0)
        {
            await ForgetAsync(migration, cancellationToken);
            return true;
        }

        try
        {
            await PutOutAsync(migration, due, cancellationToken);
        }
        catch (SchedulerException e)
        {
            // Whether the database is gone for good is for the store to find out, which is asked again with the next beat.
            _log.LogDebug("Parts of {Migration} cannot be put out now: {Reason}", migration, e.Message);
        }

        return false;
    }

    private async Task PutOutAsync(string migration, IReadOnlyList<string> due, CancellationToken cancellationToken)
    {
        await _quartz.ResetTriggersFromErrorState(GroupMatcher<TriggerKey>.GroupEquals(migration), cancellationToken);
        var waiting = (await _quartz.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(migration), cancellationToken)).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        var running = await RunningAsync(migration, cancellationToken);
        foreach (var name in due.Where(n => !waiting.Contains(n) && !running.Contains(n)))
            await PutAsync(new JobKey(name, migration), cancellationToken);
    }

    /// <summary>What comes next: the folders, then all slices, then the proof.</summary>
    private async Task<IReadOnlyList<string>> DueAsync(string migration, CancellationToken cancellationToken)
    {
        var open = (await _options.Store.SlicesAsync(migration, openOnly: true, cancellationToken)).Select(s => s.Number).ToHashSet();
        if (open.Count > 0)
        {
            if ((await _options.Store.ListAsync(cancellationToken)).FirstOrDefault(h => h.Name == migration) is not { } head)
                return [];

            return head.Prepared ? [.. (await JobsAsync(head, cancellationToken)).Where(j => j.Value.Any(open.Contains)).Select(j => j.Key)] : [SliceJob.Folders];
        }

        return (await _options.Store.CountAsync(migration, cancellationToken)).Any(c => c.State == MigrationState.Stored) ? [SliceJob.Proof] : [];
    }

    /// <summary>The jobs its plan comes to, which does not change.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<long>>> JobsAsync(MigrationHead head, CancellationToken cancellationToken) =>
        _jobs.TryGetValue((head.Name, head.Created), out var known) ? known
            : _jobs[(head.Name, head.Created)] = SliceRun.Of(await _options.Store.SlicesAsync(head.Name, openOnly: false, cancellationToken));

    private async Task<HashSet<string>> RunningAsync(string migration, CancellationToken cancellationToken) =>
    [
        .. (await _quartz.QueryFireInstances(new FireInstanceQuery { Take = 1000 }, cancellationToken)).Items.Where(f => f.JobKey?.Group == migration).Select(f => f.JobKey!.Name),
    ];

    private async Task PutAsync(JobKey key, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<SliceJob>().WithIdentity(key).StoreDurably().DisallowConcurrentExecution().Build();
        await _quartz.AddJob(job, AddJobOptions.Replacing, cancellationToken);
        var trigger = TriggerBuilder.Create(_options.Time).WithIdentity(new TriggerKey(key.Name, key.Group)).ForJob(key).StartAt(_options.Time.GetUtcNow()).Build();
        await _quartz.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    private async Task ForgetAsync(string migration, CancellationToken cancellationToken)
    {
        foreach (var key in await _quartz.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(migration), cancellationToken))
            await _quartz.DeleteJob(key, cancellationToken);
    }
}

/// <summary>What a node needs.</summary>
/// <param name="Address">The cluster's database.</param>
/// <param name="Store">The migrations, in the same database.</param>
/// <param name="Work">Does the work.</param>
public sealed record MigrationNodeOptions(ClusterAddress Address, IMigrationStore Store, IMigrationWork Work)
{
    /// <summary>Names the node; no other may have had the name.</summary>
    public required string Node { get; init; }

    /// <summary>Slices at the same time; default 3.</summary>
    public int Concurrency { get; init; } = 3;

    /// <summary>How long a database that does not answer is waited for.</summary>
    public TimeSpan Patience { get; init; } = ClusterDatabase.DefaultPatience;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where it says what it does.</summary>
    public required ILoggerFactory Logs { get; init; }
}
