using OneFichier.Server.Jobs;
using OneFichier.Server.Store;

namespace OneFichier.Server.Tests.Jobs;

/// <summary>A node on a database that is opened and closed as often as is wanted, whose runs do nothing but be counted, under a clock that leaps.</summary>
internal sealed class PlayedNode(Func<JobDatabase> open, LeapingTime time, string name = "node") : IJobRunner, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<(string Job, DateTimeOffset Due)> _runs = [];
    private JobDatabase _database = open();
    private JobScheduler? _scheduler;
    private int _starts;

    public IReadOnlyList<(string Job, DateTimeOffset Due)> Runs => _runs;

    public JobStore Store { get; private set; } = null!;

    public async Task StartAsync()
    {
        _database = open();
        Store = new JobStore(_database, time);
        _scheduler = await JobScheduler.StartAsync(new JobSchedulerOptions(_database, Store, this) { Node = $"{name} {++_starts}", Time = time });
    }

    public async Task StopAsync()
    {
        await _scheduler!.DisposeAsync();
        await _database.DisposeAsync();
        _scheduler = null;
    }

    /// <summary>Lets time pass up to a moment, and then on, fifty times as fast as the real one, until all that fell due has run; but none while a run is under way, however long that takes here.</summary>
    public async Task PassAsync(DateTimeOffset moment)
    {
        time.LeapTo(moment);
        await _scheduler!.RefreshAsync();
        using var patience = new CancellationTokenSource(Patience);
        using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await Store.JobsAsync(null, patience.Token)).Where(j => j.Next <= time.GetUtcNow() || j.Last?.State is RunState.Running or RunState.Asked).ToList() is { Count: > 0 } jobs)
        {
            await moments.WaitForNextTickAsync(patience.Token);
            if (jobs.All(j => j.Last?.State != RunState.Running))
                time.LeapTo(time.GetUtcNow().AddMilliseconds(500));
        }

        await _scheduler!.RefreshAsync();
    }

    /// <summary>Sets the calendar back.</summary>
    public async Task SetBackAsync(TimeSpan by)
    {
        time.LeapTo(time.GetUtcNow() - by);
        await _scheduler!.RefreshAsync();
    }

    public Task<RunOutcome> RunAsync(JobDefinition job, RunRecord run, CancellationToken cancellationToken)
    {
        lock (_runs)
        {
            _runs.Add((job.Name, run.Due!.Value));
        }

        return Task.FromResult(new RunOutcome(0, new RunFigures(1, 2, 3, 0), "done\n"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is not null)
            await StopAsync();
    }
}
