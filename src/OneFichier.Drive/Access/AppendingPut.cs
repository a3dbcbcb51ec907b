namespace OneFichier.Drive.Access;

/// <summary>Puts that add and never replace. A caller who knew that the name might be taken hears so; one who meant to replace is refused.</summary>
internal sealed class AppendingPut(IVolume inner, PutOptions? options)
{
    public async Task<IReadOnlyList<ItemResult>> RunAsync(IReadOnlyList<NewFile> files, CancellationToken cancellationToken)
    {
        var results = await inner.PutAsync(files, (options ?? new PutOptions()) with { KeepExisting = true }, cancellationToken);
        return options is { KeepExisting: true } ? results : [.. await Task.WhenAll(results.Select(r => SayAsync(r, cancellationToken)))];
    }

    private async Task<ItemResult> SayAsync(ItemResult result, CancellationToken cancellationToken) =>
        result.Error is NameTakenException taken && await StandsAsync(result.Path, cancellationToken)
            ? result with { Error = new UnauthorizedAccessException("This token may add files, but not replace them.", taken) }
            : result;

    private async Task<bool> StandsAsync(VolumePath path, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.FindAsync(path, cancellationToken) is { IsFolder: false };
        }
        catch (Exception e) when (e is FichierException or IOException)
        {
            return true;
        }
    }
}
