using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneFichier.Server.Store;
using Quartz;

namespace OneFichier.Server.Jobs;

/// <summary>
/// A node that runs jobs. Quartz fires what is due, lets no job run over itself on any node, and takes over from nodes that died; when a job is due is for <see cref="Timetable"/> to say,
/// and that a run happens once is for <see cref="JobStore"/>. Every two seconds Quartz is told what has changed in the store.
/// </summary>
public sealed class JobScheduler : IAsyncDisposable
{
    internal const string ContextKey = "fichier";
    internal const string DueGroup = "due";
    internal const string RequestGroup = "requested";

    // Alone, Quartz recovers what an instance of its own name left behind.
    private const string Alone = "alone";

    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(2);

    private readonly StandaloneSchedulerFactory _factory;
    private readonly IScheduler _quartz;
    private readonly JobSchedulerOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Task _feeding;

    private readonly IDisposable? _hold;

    private JobScheduler(StandaloneSchedulerFactory factory, IScheduler quartz, JobSchedulerOptions options, IDisposable? hold)
    {
        (_factory, _quartz, _options, _hold) = (factory, quartz, options, hold);
        quartz.Context[ContextKey] = new RunDesk(options, _stop.Token);
        _feeding = FeedAsync();
    }

    /// <summary>Starts a node.</summary>
    /// <exception cref="JobsHeldException">Another process of this machine runs its jobs.</exception>
    /// <exception cref="FichierException">The store cannot be used.</exception>
    public static async Task<JobScheduler> StartAsync(JobSchedulerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hold = options.Database.Hold();
        var factory = Build(options);
        try
        {
            await options.Store.BeatAsync(options.Node, cancellationToken);
            var quartz = await factory.GetScheduler(cancellationToken);
            var scheduler = new JobScheduler(factory, quartz, options, hold);
            await quartz.Start(cancellationToken);
            return scheduler;
        }
        catch (Exception e)
        {
            await factory.DisposeAsync();
            hold?.Dispose();
            if (e is SchedulerException)
                throw new FichierException($"The scheduler cannot be started: {e.Message}", e);

            throw;
        }
    }

    /// <summary>Tells Quartz now what has changed in the store.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await _options.Store.BeatAsync(_options.Node, cancellationToken);
            var jobs = await _options.Store.JobsAsync(null, cancellationToken);
            foreach (var job in jobs)
                await ScheduleAsync(job, cancellationToken);

            foreach (var run in await _options.Store.RequestedAsync(cancellationToken))
                await FireAsync(run, jobs, cancellationToken);

            await ForgetAsync(jobs, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Fires nothing more; runs under way are asked to stop, and are given back if they do.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _feeding;
        await _quartz.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        await _factory.DisposeAsync();
        await _options.Store.LeaveAsync(_options.Node, CancellationToken.None);
        _stop.Dispose();
        _gate.Dispose();
        _hold?.Dispose();
    }

    private static StandaloneSchedulerFactory Build(JobSchedulerOptions options) => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.Services.AddSingleton(options.Logs);
        quartz.UseTimeProvider(options.Time);
        quartz.ConfigureScheduler(s =>
        {
            s.InstanceName = "fichier";
            s.InstanceId = options.Database.IsShared ? options.Node : Alone;
            s.IdleWaitTime = TimeSpan.FromSeconds(5);
        });
        quartz.UseDefaultThreadPool(options.Concurrency);
        quartz.UsePersistentStore(store =>
        {
            options.Database.Configure(store);
            store.ConfigureStore(s => s.StoreJobDataAsStrings = true);
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        });
    }).Build();

    private async Task FeedAsync()
    {
        using var timer = new PeriodicTimer(s_beat, _options.Time);
        try
        {
            do
                await TryRefreshAsync(_stop.Token);
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            _options.Logs.CreateLogger("OneFichier.Jobs").LogDebug("The node stops");
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _options.Logs.CreateLogger("OneFichier.Jobs").LogWarning(e, "The jobs cannot be looked at now: {Reason}", e.Message);
        }
    }

    private async Task ScheduleAsync(JobState job, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(job.Definition.Name, DueGroup);
        var trigger = await _quartz.GetTrigger(key, cancellationToken);
        if (job.Next is not { } next)
        {
            if (trigger is not null)
                await _quartz.UnscheduleJob(key, cancellationToken);

            return;
        }

        if (trigger?.StartTimeUtc.UtcTicks != Whole(next).UtcTicks)
            await PutAsync(key, job.Definition.Name, Whole(next), next.UtcTicks.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }

    private async Task FireAsync(RunRecord run, IReadOnlyList<JobState> jobs, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(run.Id, RequestGroup);
        if (jobs.Any(j => j.Definition.Name == run.Job) && !await _quartz.Exists(key, cancellationToken))
            await PutAsync(key, run.Job, _options.Time.GetUtcNow(), run.Id, cancellationToken);
    }

    private async Task PutAsync(TriggerKey key, string job, DateTimeOffset at, string about, CancellationToken cancellationToken)
    {
        var detail = JobBuilder.Create<QuartzRun>().WithIdentity(job).StoreDurably().RequestRecovery().DisallowConcurrentExecution().Build();
        await _quartz.AddJob(detail, AddJobOptions.Replacing, cancellationToken);
        var trigger = TriggerBuilder.Create(_options.Time).WithIdentity(key).ForJob(detail.Key).StartAt(at).UsingJobData(QuartzRun.About, about).Build();
        await _quartz.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    private async Task ForgetAsync(IReadOnlyList<JobState> jobs, CancellationToken cancellationToken)
    {
        foreach (var key in await _quartz.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken))
        {
            if (jobs.All(j => j.Definition.Name != key.Name))
                await _quartz.DeleteJob(key, cancellationToken);
        }
    }

    // Quartz keeps no fractions of a millisecond.
    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
