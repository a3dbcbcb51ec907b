using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

/// <summary>Counts how often a ledger is asked, and fails on cue.</summary>
internal sealed class CountingLedger(IBudgetLedger inner) : IBudgetLedger
{
    private readonly List<TaskCompletionSource> _next = [];
    private int _looks;

    public int Looks => _looks;

    public Exception? Failure { get; set; }

    /// <summary>Runs once, after the next change and before whoever made it hears of it.</summary>
    public Action? AfterNext { get; set; }

    public async ValueTask<T> UpdateAsync<T>(Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _looks);
        if (Failure is { } failure)
            throw failure;
        var result = await inner.UpdateAsync(change, cancellationToken);
        var after = AfterNext;
        AfterNext = null;
        after?.Invoke();
        lock (_next)
        {
            _next.ForEach(n => n.TrySetResult());
            _next.Clear();
        }

        return result;
    }

    /// <summary>Ends when a condition holds, which is looked at after each look of others at the ledger.</summary>
    public async Task UntilAsync(Func<BudgetSnapshot, bool> condition)
    {
        while (true)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_next)
            {
                _next.Add(next);
            }

            if (condition(await inner.UpdateAsync((book, now) => book.Snapshot(now))))
                return;
            await next.Task.WaitAsync(TimeSpan.FromMinutes(5), TimeProvider.System);
        }
    }
}
