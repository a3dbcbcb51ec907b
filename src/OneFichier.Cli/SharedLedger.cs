using OneFichier.Cli.Parsing;
using OneFichier.Governor;
using OneFichier.Server.Cluster;
using OneFichier.Server.Store;

namespace OneFichier.Cli;

/// <summary>The request budget of an account as a cluster keeps it, for a run that belongs to one.</summary>
internal sealed class SharedLedger : IDisposable
{
    private readonly ClusterDatabase _database;
    private readonly PostgresLedger _ledger;

    private SharedLedger(ClusterDatabase database, string account, LedgerOptions options) => (_database, _ledger) = (database, new(database, account, options));

    public IBudgetLedger Ledger => _ledger;

    /// <summary>The ledger of the cluster this run belongs to; nothing when it belongs to none.</summary>
    public static SharedLedger? Of(Call call, ApiKey key) => ClusterFlags.Of(call) is { } address
        ? new(new ClusterDatabase(address, call.Time) { Patience = ClusterFlags.Patience(call) }, $"{key.Fingerprint} {Session.ApiBase().Authority}", new() { Time = call.Time, Logger = call.Logs.CreateLogger("OneFichier") })
        : null;

    public void Dispose()
    {
        _ledger.Dispose();
        _database.Dispose();
    }
}
