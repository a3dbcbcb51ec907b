using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Remote;

/// <summary>Shows folders, one or a whole tree of them.</summary>
internal sealed class TreeWalker(TreeContext tree, FolderLister lister, PathFinder finder)
{
    public Task<FolderView> ViewAsync(RemotePath path, Refresh refresh, CancellationToken cancellationToken) =>
        PathFinder.RetryingAsync(path, async () =>
        {
            var folder = await finder.FolderAsync(path, refresh == Refresh.Always ? Refresh.WhenOld : refresh, cancellationToken);
            return await ViewAsync(path, folder, refresh, cancellationToken);
        });

    /// <summary>Every folder before those in it, siblings by name. One that vanishes meanwhile is left out.</summary>
    public async IAsyncEnumerable<FolderView> WalkAsync(RemotePath path, Refresh refresh, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var view = await ViewAsync(path, refresh, cancellationToken);
        await using var open = new WalkAhead(lister, refresh, tree.Options.WalkAhead, cancellationToken);
        while (true)
        {
            yield return view;
            open.Push(view.Entries.Where(e => e.IsFolder).Reverse());
            if (await NextAsync(open, refresh, cancellationToken) is not { } next)
                yield break;
            view = next;
        }
    }

    private async Task<FolderView?> NextAsync(WalkAhead open, Refresh refresh, CancellationToken cancellationToken)
    {
        while (open.Pop() is var (entry, asked))
        {
            try
            {
                var held = await asked;
                if (held.Failure is null && refresh == Refresh.WhenOld)
                    held = await lister.RefreshAsync(entry.Folder!.Id, refresh, cancellationToken);
                return View(entry.Path, entry.Folder!.Id, held);
            }
            catch (FolderGoneException e) when (e.Cause is FichierNotFoundException)
            {
                continue;
            }
            catch (FolderGoneException e)
            {
                throw e.Cause;
            }
        }

        return null;
    }

    private async Task<FolderView> ViewAsync(RemotePath path, FolderId folder, Refresh refresh, CancellationToken cancellationToken) =>
        View(path, folder, await lister.RefreshAsync(folder, refresh, cancellationToken));

    private FolderView View(RemotePath path, FolderId folder, Held held)
    {
        var snapshot = tree.Store.Read(folder) ?? throw new FolderGoneException(folder, new FichierNotFoundException($"The folder {folder} is gone."));
        return new FolderView(path, snapshot, held.Failure);
    }
}
