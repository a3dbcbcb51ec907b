namespace OneFichier.Drive.Migration;

/// <summary>Page links and shares among the addresses of a list: their files lie on the service already, and are copied there.</summary>
/// <param name="client">Gives the client that looks at them.</param>
public sealed class ListedLinks(Func<CancellationToken, Task<FichierClient>> client)
{
    internal static bool Has(Uri address) => FileLink.TryParse(address.OriginalString, out _) || ShareLink.TryParse(address.OriginalString, out _);

    /// <summary>The file of a page link, or those of a share; a link nothing can be had of is told with the reason.</summary>
    internal async Task<IReadOnlyList<SourceFile>> LookAsync(ListedAddress listed, CancellationToken cancellationToken)
    {
        try
        {
            if (ShareLink.TryParse(listed.Address.OriginalString, out var share))
                return [.. (await LinkedVolume.OfShareAsync(await client(cancellationToken), share, null, cancellationToken)).Files.Select(f => File(f, (listed.Path ?? VolumePath.Root).Combine(f.Name)))];
            var file = (await FindAsync(listed.Address.OriginalString, cancellationToken)).Files[0];
            return [File(file, listed.Path ?? file.Path)];
        }
        catch (FichierException e) when (!Failures.IsFatal(e))
        {
            return [new SourceFile(listed.Address.OriginalString, listed.Path ?? VolumePath.Root) { Problem = Failures.Words(e) }];
        }
    }

    internal async Task<Stream> OpenAsync(MigrationItem item, CancellationToken cancellationToken)
    {
        var volume = await FindAsync(item.Origin, cancellationToken);
        return await volume.OpenAsync(volume.Files[0].Path, default, cancellationToken);
    }

    private static SourceFile File(Entry file, VolumePath path) =>
        new(file.Link!.Value.Url, path) { Size = file.Size, Checksum = file.Checksum, ModTime = file.ModTime, Link = file.Link, LinkName = file.Name == path.Name ? null : file.Name };

    private async Task<LinkedVolume> FindAsync(string link, CancellationToken cancellationToken) =>
        await LinkedVolume.OfFileAsync(await client(cancellationToken), FileLink.Parse(link), null, cancellationToken);
}
