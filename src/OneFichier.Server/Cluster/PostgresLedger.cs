using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OneFichier.Governor;
using OneFichier.Server.Store;

namespace OneFichier.Server.Cluster;

/// <summary>
/// A request budget for all nodes of a cluster: a row of a PostgreSQL table that is locked, read, changed and written (docs/spec/cluster-ledger.md). Where the database cannot be
/// reached nothing is allowed: a node on its own would not know what the others spend.
/// </summary>
public sealed class PostgresLedger : IBudgetLedger, IDisposable
{
    /// <summary>The version of the rows.</summary>
    public const int Version = 1;

    private const string Table = "fichier_budget";

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS fichier_budget (
            account text PRIMARY KEY,
            version integer NOT NULL,
            elapsed bigint NOT NULL,
            calendar timestamptz NOT NULL,
            book json NOT NULL)
        """;

    // Longer than a call may be on the wire (FichierOptions.CallTimeout).
    private static readonly TimeSpan s_silenceOfTheDead = TimeSpan.FromSeconds(150);

    private readonly ClusterDatabase _database;
    private readonly string _account;
    private readonly LedgerOptions _options;
    private readonly SteadyClock _clock;
    private readonly SemaphoreSlim _gate = new(1);
    private bool _isProvided;

    /// <summary>The ledger of an account. Nothing is asked of the database before the first change.</summary>
    /// <param name="database">The database of the cluster.</param>
    /// <param name="account">What tells accounts apart: the fingerprint of the key, and of which service.</param>
    /// <param name="options">Rules, clock and logger.</param>
    public PostgresLedger(ClusterDatabase database, string account, LedgerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrEmpty(account);
        (_database, _account, _options) = (database, account, options ?? new());
        _clock = new(_options.Time);
    }

    /// <inheritdoc/>
    /// <exception cref="ClusterUnavailableException">The database does not answer.</exception>
    public async ValueTask<T> UpdateAsync<T>(Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isProvided)
                await _database.ProvideAsync(Table, Schema, cancellationToken);
            _isProvided = true;
            return await _database.InTransactionAsync((connection, transaction, cancel) => UpdateAsync(new(connection, transaction), change, cancel), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<T> UpdateAsync<T>(LedgerRow row, Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken)
    {
        var before = _options.Time.GetTimestamp();
        var found = await row.LockAsync(_account, cancellationToken);
        var now = _clock.Read(found.Written, found.Calendar, before, _options.Time.GetTimestamp());
        var instant = new BudgetInstant(now.Elapsed, now.Calendar);
        var book = Read(found, instant);
        book.Bury(IsGone, instant);
        var result = change(book, instant);
        if (book.Changed || found.Version == 0 || now.WasCorrectedSince(found.Written))
            await row.WriteAsync(_account, now, Encoding.UTF8.GetString(book.Write()), CancellationToken.None);
        return result;
    }

    private BudgetBook Read(FoundRow found, BudgetInstant now)
    {
        if (found.Version > Version)
        {
            throw new FichierException($"The request budget in the cluster's database was written by a newer fichier (format {found.Version}; this one knows {Version}).")
            {
                Remedy = "Update this node.",
            };
        }

        if (found.Version == 0)
            return new BudgetBook(_options.Rules);

        try
        {
            return BudgetBook.Read(Encoding.UTF8.GetBytes(found.Book), _options.Rules);
        }
        catch (JsonException)
        {
            _options.Logger.LogWarning("The request budget in the cluster's database is damaged; it starts again as if all of it had just been spent");
            return BudgetBook.StartAgain(_options.Rules, now);
        }
    }

    // Of its own machine a node sees which processes live; of those elsewhere it hears.
    private static bool IsGone(BudgetOwner owner, TimeSpan silence) => owner.IsGone(silence > s_silenceOfTheDead ? TimeSpan.MaxValue : TimeSpan.Zero);
}
