using System.Data.Common;
using Quartz;

namespace OneFichier.Server.Store;

/// <summary>Where jobs and their runs are kept: a file of this machine, or the database of a cluster. The tables and the statements are the same.</summary>
public abstract class JobDatabase : IAsyncDisposable
{
    /// <summary>Whether several nodes work on it.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Runs work in a transaction of its own, which is committed when it returns.</summary>
    public abstract Task<T> InTransactionAsync<T>(Func<DbConnection, DbTransaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Makes what is missing.</summary>
    /// <param name="table">A table that is there when nothing is missing.</param>
    /// <param name="statements">What makes it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public abstract Task ProvideAsync(string table, string statements, CancellationToken cancellationToken);

    /// <summary>Takes the right to run the jobs, where only one process may; it ends with the process, or when disposed of.</summary>
    /// <exception cref="JobsHeldException">Another process has it.</exception>
    public virtual IDisposable? Hold() => null;

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Lets Quartz keep its tables here too.</summary>
    internal abstract void Configure(IPersistentStoreBuilder store);
}
