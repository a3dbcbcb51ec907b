namespace OneFichier.Drive.Sync;

/// <summary>Computes the checksums that decide about files of one name and size, before anything is decided.</summary>
internal sealed class ChecksumFiller(SyncOptions options, FileJudge judge, Checksums source, Checksums destination)
{
    private const int FoldersAhead = 32;

    public IAsyncEnumerable<ComparedFolder> FillAsync(IAsyncEnumerable<ComparedFolder> folders, CancellationToken cancellationToken) =>
        options.Compare == Comparison.Size ? folders : InOrder.SelectAsync(folders, FoldersAhead, FillAsync, cancellationToken);

    private async Task<ComparedFolder> FillAsync(ComparedFolder folder, CancellationToken cancellationToken) =>
        folder.Items.Any(Needs) ? folder with { Items = await Task.WhenAll(folder.Items.Select(i => Needs(i) ? FillAsync(i, cancellationToken) : Task.FromResult(i))) } : folder;

    private bool Needs(ComparedItem item) => item is { IsFolder: false, Error: null, Source: { } wanted, Destination: { } there }
        && judge.Judge(wanted, there, final: false) == Verdict.NeedsChecksums
        && (options.Compare == Comparison.Checksum || (source.Knows(wanted) && destination.Knows(there)));

    private async Task<ComparedItem> FillAsync(ComparedItem item, CancellationToken cancellationToken)
    {
        try
        {
            var reads = options.Compare == Comparison.Checksum;
            var there = destination.FillAsync(item.Destination!, reads, cancellationToken);
            var wanted = source.FillAsync(item.Source!, reads, cancellationToken);
            await Task.WhenAll(there, wanted);
            return item with { Source = await wanted, Destination = await there };
        }
        catch (Exception e) when (SideListing.Passes(e))
        {
            return item with { Error = e };
        }
    }
}
