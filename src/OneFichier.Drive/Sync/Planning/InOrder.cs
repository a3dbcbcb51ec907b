using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Sync;

/// <summary>Works on a stream of items side by side and gives the results in the items' order.</summary>
internal static class InOrder
{
    /// <param name="items">The items.</param>
    /// <param name="ahead">How many may be worked on, or wait for those before them.</param>
    /// <param name="work">The work on one.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public static async IAsyncEnumerable<TResult> SelectAsync<T, TResult>(
        IAsyncEnumerable<T> items, int ahead, Func<T, CancellationToken, Task<TResult>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in items.WithCancellation(ended.Token))
            {
                waiting.Enqueue(work(item, ended.Token));
                while (waiting.Count > ahead || (waiting.TryPeek(out var first) && first.IsCompletedSuccessfully))
                    yield return await waiting.Dequeue();
            }

            while (waiting.TryDequeue(out var next))
                yield return await next;
        }
        finally
        {
            await ended.CancelAsync();
            foreach (var rest in waiting)
                await ((Task)rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
