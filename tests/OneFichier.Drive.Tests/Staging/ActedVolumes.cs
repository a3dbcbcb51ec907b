using System.Collections.Concurrent;
namespace OneFichier.Drive.Tests.Staging;

/// <summary>A volume that refuses files of a name for good.</summary>
internal sealed class RefusingVolume(IVolume inner, string name) : VolumeDecorator(inner)
{
    public override VolumeTraits Traits => Inner.Traits with { PutBatch = 100 };

    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var results = new Queue<ItemResult>(await Inner.PutAsync([.. files.Where(f => f.Path.Name != name)], options, cancellationToken));
        return [.. files.Select(f => f.Path.Name == name ? new ItemResult(f.Path) { Error = new FichierRejectedException("No such name.") } : results.Dequeue())];
    }
}

/// <summary>A volume whose first put stands still in the middle until it is called off or let go.</summary>
internal sealed class HeldVolume(IVolume inner, Func<NewFile, bool>? held = null) : VolumeDecorator(inner)
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Putting => _begun.Task;

    /// <summary>Whether it leaves open, when it is called off, whether the files are stored.</summary>
    public bool Doubtful { get; init; }

    /// <summary>The files that are held in this moment.</summary>
    public ConcurrentDictionary<VolumePath, int> Held { get; } = [];

    public void Release() => _released.TrySetResult();

    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (held is not null && !files.Any(held))
            return await Inner.PutAsync(files, options, cancellationToken);
        _begun.TrySetResult();
        foreach (var file in files)
            Held[file.Path] = 1;
        try
        {
            await _released.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (Doubtful)
        {
            throw new OperationCanceledException("", new FichierUnavailableException("Nobody knows.") { MayHaveHappened = true }, cancellationToken);
        }
        finally
        {
            foreach (var file in files)
                Held.TryRemove(file.Path, out _);
        }

        return await Inner.PutAsync(files, options, cancellationToken);
    }
}
