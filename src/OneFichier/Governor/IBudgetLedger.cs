namespace OneFichier.Governor;

/// <summary>
/// The home of one <see cref="BudgetBook"/>: in memory for a process, in a file for a machine, in a database for a cluster. All who share the home share
/// the account's request budget.
/// </summary>
public interface IBudgetLedger
{
    /// <summary>
    /// Applies a change to the book, alone: no other change of any user of the ledger happens meanwhile, and it is there for all of them, whole, when this
    /// returns. When <paramref name="change"/> throws, the book stays as it was.
    /// </summary>
    /// <param name="change">
    /// MUST have no effect but on the book, since a ledger may have to run it again on a newer book; MUST NOT keep the book, and MUST be quick. The ledger
    /// supplies the time: one steady clock for all who share it.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for the ledger. A change that has begun is finished.</param>
    /// <exception cref="FichierException">The ledger was written by a newer version.</exception>
    /// <remarks>A ledger MUST let the book <see cref="BudgetBook.Bury">bury</see> users that ended without a word. It need not write a book that has not <see cref="BudgetBook.Changed">changed</see>.</remarks>
    ValueTask<T> UpdateAsync<T>(Func<BudgetBook, BudgetInstant, T> change, CancellationToken cancellationToken = default);
}
