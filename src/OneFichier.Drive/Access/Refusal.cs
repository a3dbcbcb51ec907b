namespace OneFichier.Drive.Access;

/// <summary>Puts files, by whatever rules.</summary>
internal delegate Task<IReadOnlyList<ItemResult>> PutCall(IReadOnlyList<NewFile> files, CancellationToken cancellationToken);

/// <summary>Refuses lists, and items of lists.</summary>
internal static class Refusal
{
    public static Task<IReadOnlyList<ItemResult>> OfAllAsync<T>(IReadOnlyList<T> items, Func<T, VolumePath> path, string why, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<ItemResult>>([.. items.Select(i => new ItemResult(path(i)) { Error = new UnauthorizedAccessException(why) })]);
    }

    /// <summary>Lets those items through in one call that have no refusal, and gives the results of all in their order.</summary>
    public static async Task<IReadOnlyList<ItemResult>> SomeAsync<T>(
        IReadOnlyList<(T Item, VolumePath Path, Exception? Refusal)> judged, Func<IReadOnlyList<T>, Task<IReadOnlyList<ItemResult>>> call)
    {
        var allowed = judged.Where(j => j.Refusal is null).Select(j => j.Item).ToList();
        var results = new Queue<ItemResult>(allowed.Count == 0 ? [] : await call(allowed));
        return [.. judged.Select(j => j.Refusal is null ? results.Dequeue() : new ItemResult(j.Path) { Error = j.Refusal })];
    }
}
