using System.Data.Common;
using OneFichier.Server.Store;

namespace OneFichier.Server.Jobs;

/// <summary>
/// The jobs, their runs and who is there to run them (docs/spec/jobs.md). That a due run happens once, and that no job runs over itself, is what the tables hold: two runs of one due
/// moment, or two of one job at once, cannot be written, whoever tries.
/// </summary>
public sealed class JobStore(JobDatabase database, TimeProvider time)
{
    /// <summary>How many runs of a job are remembered.</summary>
    public const int MostRuns = 200;

    /// <summary>A node that was not heard of for so long is not there.</summary>
    public static readonly TimeSpan SilenceOfTheDead = TimeSpan.FromSeconds(30);

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS fichier_jobs (name text PRIMARY KEY, definition text NOT NULL, paused integer NOT NULL, next_due bigint);
        CREATE TABLE IF NOT EXISTS fichier_runs (
            id text PRIMARY KEY, job text NOT NULL, due bigint, state text NOT NULL, started bigint, ended bigint, node text, attempt integer NOT NULL,
            exit_code integer, figures text, log text NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS fichier_runs_due ON fichier_runs (job, due);
        CREATE UNIQUE INDEX IF NOT EXISTS fichier_runs_running ON fichier_runs (job) WHERE state = 'running';
        CREATE TABLE IF NOT EXISTS fichier_nodes (node text PRIMARY KEY, seen bigint NOT NULL);
        """;

    private const string Newest = "SELECT max(id) FROM fichier_runs r WHERE r.job = fichier_jobs.name";

    private bool _isProvided;

    /// <summary>All jobs by name, or the one of a name.</summary>
    public Task<IReadOnlyList<JobState>> JobsAsync(string? name, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<JobState>>(
        async t =>
        {
            var rows = await t.ReadAsync(
                $"SELECT definition, paused, next_due, ({Newest}) FROM fichier_jobs WHERE @name = '' OR name = @name ORDER BY name",
                r => (Definition: JobDefinition.FromJson(r.GetString(0)), Paused: r.GetInt64(1) != 0, Next: Statements.Time(r, 2), Last: r.IsDBNull(3) ? null : r.GetString(3)),
                ("@name", name ?? ""));
            var jobs = new List<JobState>(rows.Count);
            foreach (var (definition, paused, next, last) in rows)
                jobs.Add(new(definition, paused, next, last is null ? null : await t.RunAsync(last)));

            return jobs;
        },
        cancellationToken);

    /// <summary>Adds a job.</summary>
    /// <returns>Whether it was added; not when there is one of its name.</returns>
    public Task<bool> AddAsync(JobDefinition job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return AskAsync(
            async t => await t.RunAsync(
                "INSERT INTO fichier_jobs (name, definition, paused, next_due) VALUES (@name, @definition, 0, @next) ON CONFLICT DO NOTHING",
                ("@name", job.Name), ("@definition", job.ToJson()), ("@next", Statements.Ticks(job.Timetable().Next(time.GetUtcNow())))) > 0,
            cancellationToken);
    }

    /// <summary>Forgets a job and its runs.</summary>
    /// <returns>Whether there was one.</returns>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            await t.RunAsync("DELETE FROM fichier_runs WHERE job = @name", ("@name", name));
            return await t.RunAsync("DELETE FROM fichier_jobs WHERE name = @name", ("@name", name)) > 0;
        },
        cancellationToken);

    /// <summary>Lets a job rest, or go on from now: what fell due meanwhile is not caught up.</summary>
    /// <returns>Whether there is such a job.</returns>
    public Task<bool> PauseAsync(string name, bool paused, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            if (await t.DefinitionAsync(name) is not { } job)
                return false;

            var next = paused ? null : job.Timetable().Next(time.GetUtcNow());
            return await t.RunAsync("UPDATE fichier_jobs SET paused = @paused, next_due = @next WHERE name = @name", ("@name", name), ("@paused", paused ? 1 : 0), ("@next", Statements.Ticks(next))) > 0;
        },
        cancellationToken);

    /// <summary>Asks for a run now.</summary>
    /// <returns>The run's id.</returns>
    public Task<string> RequestAsync(string job, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            var id = NewId();
            await t.RunAsync("INSERT INTO fichier_runs (id, job, state, attempt, log) VALUES (@id, @job, 'asked', 0, '')", ("@id", id), ("@job", job));
            return id;
        },
        cancellationToken);

    /// <summary>The newest runs of a job, the newest first.</summary>
    public Task<IReadOnlyList<RunRecord>> RunsAsync(string job, int count, CancellationToken cancellationToken) => AskAsync<IReadOnlyList<RunRecord>>(
        async t => await t.RunsAsync("WHERE job = @job ORDER BY id DESC LIMIT @count", ("@job", job), ("@count", count)), cancellationToken);

    /// <summary>One run.</summary>
    public Task<RunRecord?> RunAsync(string id, CancellationToken cancellationToken) => AskAsync(t => t.RunAsync(id), cancellationToken);

    /// <summary>The runs somebody asked for that nobody has begun.</summary>
    public Task<IReadOnlyList<RunRecord>> RequestedAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<RunRecord>>(
        async t => await t.RunsAsync("WHERE state = 'asked' ORDER BY id"), cancellationToken);

    /// <summary>Begins the run of a due moment, and says when the job is due next: once for all that was missed.</summary>
    /// <returns>The run; nothing when it is not due any more, was begun by somebody else, or when the job is running.</returns>
    public Task<RunRecord?> BeginDueAsync(string job, DateTimeOffset due, string node, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            var now = time.GetUtcNow();
            if (await t.DefinitionAsync(job) is not { } definition || await t.CountAsync("FROM fichier_jobs WHERE name = @job AND paused = 0 AND next_due = @due", ("@job", job), ("@due", Statements.Ticks(due))) == 0)
                return null;

            await LoseDeadAsync(t, job, now);
            var id = NewId();
            var isBegun = await t.RunAsync(
                "INSERT INTO fichier_runs (id, job, due, state, started, node, attempt, log) VALUES (@id, @job, @due, 'running', @now, @node, 1, '') ON CONFLICT DO NOTHING",
                ("@id", id), ("@job", job), ("@due", Statements.Ticks(due)), ("@now", Statements.Ticks(now)), ("@node", node)) > 0;
            if (!isBegun && await t.CountAsync("FROM fichier_runs WHERE job = @job AND due = @due", ("@job", job), ("@due", Statements.Ticks(due))) == 0)
                return null;

            var next = definition.Timetable().Next(now > due ? now : due);
            await t.RunAsync("UPDATE fichier_jobs SET next_due = @next WHERE name = @job", ("@job", job), ("@next", Statements.Ticks(next)));
            return isBegun ? await t.RunAsync(id) : null;
        },
        cancellationToken);

    /// <summary>Begins a run that was asked for.</summary>
    /// <returns>The run; nothing when somebody else has begun it, or when the job is running.</returns>
    public Task<RunRecord?> BeginRequestedAsync(string id, string node, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            if (await t.RunAsync(id) is not { State: RunState.Asked } run)
                return null;

            await LoseDeadAsync(t, run.Job, time.GetUtcNow());
            var isBegun = await t.RunAsync(
                "UPDATE fichier_runs SET state = 'running', started = @now, node = @node, attempt = attempt + 1 WHERE id = @id AND state = 'asked' AND NOT EXISTS (SELECT 1 FROM fichier_runs o WHERE o.job = @job AND o.state = 'running')",
                ("@id", id), ("@job", run.Job), ("@now", Statements.Ticks(time.GetUtcNow())), ("@node", node)) > 0;
            return isBegun ? await t.RunAsync(id) : null;
        },
        cancellationToken);

    /// <summary>Begins again the run a dead node was in the middle of.</summary>
    /// <returns>The run; nothing when the node had begun none, or had ended it.</returns>
    public Task<RunRecord?> BeginAgainAsync(string job, string node, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            var left = await t.RunsAsync("WHERE job = @job AND state = 'running'", ("@job", job));
            if (left is not [var run] || run.Node == node)
                return null;

            await t.RunAsync("UPDATE fichier_runs SET started = @now, node = @node, attempt = attempt + 1 WHERE id = @id", ("@id", run.Id), ("@now", Statements.Ticks(time.GetUtcNow())), ("@node", node));
            return await t.RunAsync(run.Id);
        },
        cancellationToken);

    /// <summary>Writes down how a run ended. A run that another node has taken over meanwhile is left to that.</summary>
    public Task EndAsync(RunRecord run, RunOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(outcome);
        return AskAsync(
            async t =>
            {
                await t.RunAsync(
                    "UPDATE fichier_runs SET state = @state, ended = @now, exit_code = @code, figures = @figures, log = @log WHERE id = @id AND node = @node AND attempt = @attempt",
                    ("@id", run.Id), ("@node", run.Node), ("@attempt", run.Attempt), ("@state", outcome.IsGood ? "done" : "failed"), ("@now", Statements.Ticks(time.GetUtcNow())),
                    ("@code", outcome.ExitCode), ("@figures", Statements.Json(outcome.Figures)), ("@log", outcome.Log));
                return await t.RunAsync(
                    "DELETE FROM fichier_runs WHERE job = @job AND state NOT IN ('asked', 'running') AND id NOT IN (SELECT id FROM fichier_runs WHERE job = @job ORDER BY id DESC LIMIT @most)",
                    ("@job", run.Job), ("@most", MostRuns));
            },
            cancellationToken);
    }

    /// <summary>Gives a run back that was cut short because this node ends: it is asked for again.</summary>
    public Task GiveBackAsync(RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return AskAsync(
            t => t.RunAsync("UPDATE fichier_runs SET state = 'asked' WHERE id = @id AND node = @node AND attempt = @attempt AND state = 'running'", ("@id", run.Id), ("@node", run.Node), ("@attempt", run.Attempt)),
            cancellationToken);
    }

    /// <summary>Says that a node is there.</summary>
    public Task BeatAsync(string node, CancellationToken cancellationToken) => AskAsync(
        async t =>
        {
            var now = time.GetUtcNow();
            await t.RunAsync("DELETE FROM fichier_nodes WHERE seen < @old", ("@old", Statements.Ticks(now - TimeSpan.FromDays(1))));
            return await t.RunAsync("INSERT INTO fichier_nodes (node, seen) VALUES (@node, @now) ON CONFLICT (node) DO UPDATE SET seen = excluded.seen", ("@node", node), ("@now", Statements.Ticks(now)));
        },
        cancellationToken);

    /// <summary>Says that a node is no longer there.</summary>
    public Task LeaveAsync(string node, CancellationToken cancellationToken) => AskAsync(t => t.RunAsync("DELETE FROM fichier_nodes WHERE node = @node", ("@node", node)), cancellationToken);

    /// <summary>Whether anybody is there to run jobs.</summary>
    public Task<bool> IsServedAsync(CancellationToken cancellationToken) => AskAsync(
        async t => await t.CountAsync("FROM fichier_nodes WHERE seen > @old", ("@old", Statements.Ticks(time.GetUtcNow() - SilenceOfTheDead))) > 0, cancellationToken);

    private static Task<int> LoseDeadAsync(Statements t, string job, DateTimeOffset now) => t.RunAsync(
        "UPDATE fichier_runs SET state = 'lost', ended = @now WHERE job = @job AND state = 'running' AND node NOT IN (SELECT node FROM fichier_nodes WHERE seen > @old)",
        ("@job", job), ("@now", Statements.Ticks(now)), ("@old", Statements.Ticks(now - SilenceOfTheDead)));

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    private async Task<T> AskAsync<T>(Func<Statements, Task<T>> work, CancellationToken cancellationToken)
    {
        if (!_isProvided)
            await database.ProvideAsync("fichier_nodes", Schema, cancellationToken);

        _isProvided = true;
        return await database.InTransactionAsync((connection, transaction, cancel) => work(new Statements(connection, transaction, cancel)), cancellationToken);
    }
}
