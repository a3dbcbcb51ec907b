using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server.Jobs;
using OneFichier.Server.Store;

namespace OneFichier.Cli.Commands;

/// <summary>The jobs of this user on this machine, or those of the cluster the run belongs to.</summary>
internal sealed class JobPlace : IAsyncDisposable
{
    private readonly Call _call;
    private readonly ClusterAddress? _cluster;
    private readonly HttpClient _http = new();

    public JobPlace(Call call)
    {
        (_call, _cluster) = (call, ClusterFlags.Of(call));
        Database = _cluster is { } address ? new ClusterJobDatabase(address, call.Time) : new SqliteJobDatabase(Path.Combine(call.Places.StateFolder, "jobs.db"));
        Store = new JobStore(Database, call.Time);
    }

    public JobDatabase Database { get; }

    public JobStore Store { get; }

    /// <summary>Where the jobs are, for a person.</summary>
    public string Name => _cluster is { } address ? $"the cluster ({address})" : "this machine";

    /// <summary>This process as a node.</summary>
    public JobSchedulerOptions Node(int concurrency = 4) => new(Database, Store, new ProcessRunner(Program(), new JobNotifier(_http, _call.Time), _call.Time))
    {
        Node = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid().ToString("N")[..8]}",
        Concurrency = concurrency,
        Time = _call.Time,
        Logs = _call.Logs,
    };

    /// <exception cref="CliException">There is none of that name.</exception>
    public async Task<JobState> FindAsync(string name, CancellationToken cancellationToken) =>
        await Store.JobsAsync(name, cancellationToken) is [var job] ? job : throw Missing(name);

    public static CliException Missing(string name) => new(ExitCodes.Failed, $"There is no job '{Escaping.Visible(name)}'.", "See: fichier job ls");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Database.DisposeAsync();
    }

    private JobProgram Program()
    {
        var verbose = SettingsOverlay.VariableOf(GlobalFlags.Verbose);
        var environment = new Dictionary<string, string> { [verbose] = Environment.GetEnvironmentVariable(verbose) ?? "1" };
        if (_cluster is { } address)
            environment[ClusterFlags.Variable] = address.ConnectionString;
        if (_call.Globals.Config is { Length: > 0 } config)
            environment[SettingsOverlay.VariableOf(GlobalFlags.Config)] = Path.GetFullPath(config);

        return new JobProgram(ThisProgram.File, ThisProgram.Prefix) { Environment = environment, Redact = _call.Screen.Redactor.Clean };
    }
}
