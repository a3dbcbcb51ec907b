using OneFichier.Drive.Staging;

namespace OneFichier.Drive.Tests.Staging;

/// <summary>A spooled volume that has sent everything before it answers, so that what is seen is what is stored.</summary>
internal sealed class DrainedVolume(SpooledVolume inner) : VolumeDecorator(inner), IAsyncDisposable
{
    public override async ValueTask<Entry?> FindAsync(VolumePath path, CancellationToken cancellationToken = default)
    {
        await inner.DrainAsync(cancellationToken);
        return await inner.FindAsync(path, cancellationToken);
    }

    public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
    {
        await inner.DrainAsync(cancellationToken);
        return await inner.ListAsync(folder, cancellationToken);
    }

    public override async Task<IReadOnlyList<ItemResult>> PutAsync(IReadOnlyList<NewFile> files, PutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var results = await inner.PutAsync(files, options, cancellationToken);
        await inner.DrainAsync(cancellationToken);
        var stored = new List<ItemResult>();
        foreach (var result in results)
            stored.Add(result.Error is null ? result with { Entry = await inner.FindAsync(result.Path, cancellationToken) } : result);
        return stored;
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
