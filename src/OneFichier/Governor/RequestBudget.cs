using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneFichier.Governor;

/// <summary>
/// The request budget of an account, as one process uses it: gives out permits in turn, the interactive calls first. However many callers wait, one of them looks at
/// the ledger, and only when something can have changed.
/// </summary>
/// <remarks>
/// Equals go in the order they came. Background calls wait as long as interactive ones would be delayed by them, in whatever process; interactive calls are
/// made at the pace of people, so this ends. Safe for use by many threads.
/// </remarks>
public sealed class RequestBudget
{
    private readonly IBudgetLedger _ledger;
    private readonly BudgetQueue _queue;
    private long _granted;

    /// <summary>A budget on a ledger.</summary>
    /// <param name="ledger">Whoever shares it shares the budget.</param>
    /// <param name="time">The clock for waiting; default the system's.</param>
    /// <param name="owner">Under which name the spending is written down; default this process.</param>
    public RequestBudget(IBudgetLedger ledger, TimeProvider? time = null, BudgetOwner? owner = null)
    {
        _ledger = ledger;
        _queue = new(ledger, time ?? TimeProvider.System, owner ?? BudgetOwner.ThisProcess(), wait => Waits?.Report(wait));
    }

    /// <summary>Told when a call must wait for more than a second, and again when it turns out to be longer; calls that wait behind it are not reported.</summary>
    public IProgress<BudgetWait>? Waits { get; init; }

    /// <summary>How many requests were let go through this budget since it was made.</summary>
    public long Granted => Interlocked.Read(ref _granted);

    /// <summary>The budget for some options: shared by all processes where there is a <see cref="FichierOptions.StateFolder"/>, else this client's own.</summary>
    public static RequestBudget For(FichierOptions options, IProgress<BudgetWait>? waits = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ledger = new LedgerOptions { Time = options.Time, Logger = logger ?? NullLogger.Instance };
        return new(options.StateFolder is { } folder ? new FileLedger(folder, ledger) : new MemoryLedger(ledger), options.Time) { Waits = waits };
    }

    /// <summary>Waits for leave to send one request. The permit MUST be settled by <see cref="CompleteAsync"/>.</summary>
    /// <param name="call">What the request is about.</param>
    /// <param name="maxWait">The longest to wait; zero never waits.</param>
    /// <param name="cancellationToken">Leaves the queue; nothing is spent then.</param>
    /// <exception cref="FichierFloodException">The wait is known to be longer than <paramref name="maxWait"/>; thrown as soon as that is known.</exception>
    public async Task<BudgetPermit> AcquireAsync(ApiCall call, TimeSpan maxWait, CancellationToken cancellationToken = default)
    {
        var permit = await _queue.AcquireAsync(call, maxWait, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _granted);
        return permit;
    }

    /// <summary>Settles a permit, whatever became of the request.</summary>
    public ValueTask CompleteAsync(BudgetPermit permit, BudgetOutcome outcome, CancellationToken cancellationToken = default) =>
        _queue.CompleteAsync(permit, outcome, cancellationToken);

    /// <summary>What is spent, locked and waited for, by all who share the ledger.</summary>
    public ValueTask<BudgetSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) =>
        _ledger.UpdateAsync((book, now) => book.Snapshot(now), cancellationToken);
}
