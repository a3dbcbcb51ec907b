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
internal sealed class HeldVolume(IVolume inner) : VolumeDecorator(inner)
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Putting => _begun.Task;

    public void Release() => _released.TrySetResult();

    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        _begun.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
        return await Inner.PutAsync(files, options, cancellationToken);
    }
}
