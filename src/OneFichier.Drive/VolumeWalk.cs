using System.Runtime.CompilerServices;

namespace OneFichier.Drive;

/// <summary>Walks through volumes.</summary>
public static class VolumeWalk
{
    private const int Ahead = 4;

    /// <summary>
    /// Lists a folder and all below it: each folder before those in it, siblings by name. A few folders are listed ahead, so that waiting for one is not waiting for all;
    /// a folder that vanishes meanwhile is left out.
    /// </summary>
    /// <param name="volume">The volume.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="enters">Whether a folder is listed; default all.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="PathNotFoundException">There is no folder to begin with.</exception>
    public static async IAsyncEnumerable<(VolumePath Folder, FolderContents Contents)> WalkAsync(
        this IVolume volume, VolumePath start, Func<VolumePath, bool>? enters = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Stack<Visit>([new Visit(start)]);
        try
        {
            while (waiting.TryPop(out var visit))
            {
                foreach (var next in waiting.Take(Ahead - 1).Prepend(visit))
                    next.Begin(volume, ended.Token);

                if (await visit.ContentsAsync(mayBeGone: visit.Folder != start) is not { } contents)
                    continue;

                yield return (visit.Folder, contents);
                foreach (var child in contents.Entries.Where(e => e.IsFolder && enters?.Invoke(e.Path) != false).Reverse())
                    waiting.Push(new Visit(child.Path));
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(waiting.Select(v => v.SettleAsync()));
        }
    }

    private sealed class Visit(VolumePath folder)
    {
        private Task<FolderContents>? _listing;

        public VolumePath Folder => folder;

        public void Begin(IVolume volume, CancellationToken cancellationToken) => _listing ??= volume.ListAsync(folder, cancellationToken);

        public async Task<FolderContents?> ContentsAsync(bool mayBeGone)
        {
            try
            {
                return await _listing!;
            }
            catch (PathNotFoundException) when (mayBeGone)
            {
                return null;
            }
        }

        public async Task SettleAsync()
        {
            if (_listing is not null)
                await ((Task)_listing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
