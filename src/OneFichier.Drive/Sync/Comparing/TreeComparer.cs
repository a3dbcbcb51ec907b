using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Sync;

/// <summary>Walks through two trees side by side: each folder before those in it, siblings by name, a bounded number of folders listed ahead.</summary>
/// <remarks>
/// <para>What a filter leaves out is never listed and never shown. A folder that one side lacks is not listed there.</para>
/// <para>A listing that cannot be relied on is never taken for less: see <see cref="ComparedFolder.MayRemove"/> and docs/design/sync.md. A folder that cannot be listed at all ends as a note
/// with the reason, and what the other side has there is left alone; only the root of a tree throws.</para>
/// </remarks>
/// <param name="source">The tree that is wanted.</param>
/// <param name="destination">The tree that is there.</param>
/// <param name="filter">What takes part.</param>
public sealed class TreeComparer(SyncTree source, SyncTree destination, TreeFilter filter)
{
    /// <summary>Whether folders are listed that only the destination has.</summary>
    public bool DestinationOnly { get; init; }

    /// <summary>How many folders are listed ahead of the one that is looked at.</summary>
    public int Ahead { get; init; } = 8;

    /// <summary>Walks. A folder is compared when it is reached or shortly before.</summary>
    /// <exception cref="PathNotFoundException">The source's root is not there.</exception>
    /// <exception cref="FichierException">The root of a tree cannot be listed, or the account is refused or locked.</exception>
    /// <exception cref="IOException">The root of a tree cannot be listed.</exception>
    public async IAsyncEnumerable<ComparedFolder> CompareAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var comparer = new FolderComparer(source, destination, filter) { DestinationOnly = DestinationOnly };
        var waiting = new Stack<FolderVisit>([new FolderVisit(VolumePath.Root)]);
        try
        {
            while (waiting.TryPop(out var visit))
            {
                foreach (var next in waiting.Take(Ahead).Prepend(visit))
                    next.Begin(comparer, ended.Token);
                var compared = await visit.Comparison!;
                yield return compared.Folder;
                foreach (var below in compared.Below.Reverse())
                    waiting.Push(below);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(waiting.Select(v => v.SettleAsync()));
        }
    }
}
