namespace OneFichier.Drive.Remote;

/// <summary>
/// The folders a walk has still to show, the next one last. The next few are asked for before their turn, so that the request budget sets the pace and not the time an answer takes.
/// </summary>
internal sealed class WalkAhead(FolderLister lister, Refresh refresh, int most, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly List<(RemoteEntry Entry, Task<Held>? Asked)> _open = [];
    private readonly List<Task> _underWay = [];

    public void Push(IEnumerable<RemoteEntry> folders)
    {
        _open.AddRange(folders.Select(f => (f, (Task<Held>?)null)));
        AskAhead();
    }

    public (RemoteEntry Entry, Task<Held> Asked)? Pop()
    {
        if (_open.Count == 0)
            return null;
        AskAhead();
        var (entry, asked) = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        return (entry, asked ?? AskAsync(entry));
    }

    /// <summary>Calls off what was asked for and will not be shown.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_underWay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private void AskAhead()
    {
        _underWay.RemoveAll(t => t.IsCompleted);
        for (var i = _open.Count - 1; i >= 0 && i >= _open.Count - most && _underWay.Count < most; i--)
        {
            var (entry, asked) = _open[i];
            _open[i] = (entry, asked ?? AskAsync(entry));
        }
    }

    private Task<Held> AskAsync(RemoteEntry entry)
    {
        var asked = AskAsync(entry.Folder!.Id);
        if (!asked.IsCompleted)
            _underWay.Add(asked);
        return asked;
    }

    private async Task<Held> AskAsync(FolderId folder) => (await lister.RefreshAsync(folder, refresh, _end.Token)) with { Said = null };
}
