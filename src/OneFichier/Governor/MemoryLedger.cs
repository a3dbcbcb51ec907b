namespace OneFichier.Governor;

/// <summary>A budget for one process. It ends with the process, so the next one begins as if nothing had been spent.</summary>
public sealed class MemoryLedger : IBudgetLedger
{
    private readonly Lock _gate = new();
    private readonly BudgetBook _book;
    private readonly TimeProvider _time;

    /// <summary>Makes an empty ledger.</summary>
    public MemoryLedger(LedgerOptions? options = null)
    {
        options ??= new();
        (_book, _time) = (new(options.Rules), options.Time);
    }

    internal MemoryLedger(BudgetBook book, TimeProvider time) => (_book, _time) = (book, time);

    /// <inheritdoc/>
    public ValueTask<T> UpdateAsync<T>(Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return ValueTask.FromResult(change(_book, MachineClock.Read(_time, "").Instant));
        }
    }
}
