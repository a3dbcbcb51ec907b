namespace OneFichier.Drive;

/// <summary>Goes through a list in order; what fails fails alone.</summary>
internal static class EachItem
{
    public static async Task<IReadOnlyList<ItemResult>> DoAsync<T>(
        IReadOnlyList<T> items, Func<T, VolumePath> path, Func<T, ValueTask<Entry?>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        var results = new ItemResult[items.Count];
        for (var n = 0; n < results.Length; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results[n] = await OneAsync(path(items[n]), () => act(items[n]), cancellationToken);
        }

        return results;
    }

    /// <summary>As the other, and tells that each file has ended.</summary>
    public static Task<IReadOnlyList<ItemResult>> PutAsync(
        IReadOnlyList<NewFile> files, IProgress<TransferEvent>? progress, Func<NewFile, ValueTask<Entry?>> put, CancellationToken cancellationToken) =>
        DoAsync(files, f => f.Path, async file =>
        {
            try
            {
                var entry = await put(file);
                progress?.Report(new TransferEnded(file.Path.ToString(), null));
                return entry;
            }
            catch (Exception e)
            {
                progress?.Report(new TransferEnded(file.Path.ToString(), e));
                throw;
            }
        }, cancellationToken);

    private static async Task<ItemResult> OneAsync(VolumePath path, Func<ValueTask<Entry?>> act, CancellationToken cancellationToken)
    {
        try
        {
            return new ItemResult(path) { Entry = await act() };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ItemResult(path) { Error = e };
        }
    }
}
