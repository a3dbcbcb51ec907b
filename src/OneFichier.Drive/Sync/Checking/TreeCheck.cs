using System.Runtime.CompilerServices;

namespace OneFichier.Drive.Sync;

/// <summary>
/// Compares the contents of two trees without changing either. Where a checksum is not known, a volume that costs no requests is read, on all cores; one that costs requests is read only
/// when that is asked for, and otherwise its files' sizes have to do.
/// </summary>
/// <param name="source">One tree.</param>
/// <param name="destination">The other.</param>
/// <param name="options">How.</param>
public sealed class TreeCheck(SyncTree source, SyncTree destination, CheckOptions options)
{
    private const int FilesAhead = 256;

    /// <summary>Checks, and gives the files in the order of a walk: each folder before those in it.</summary>
    /// <param name="bytesRead">Told how many more bytes were read.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PathNotFoundException">The source's root is not there.</exception>
    /// <exception cref="FichierException">The root of a tree cannot be listed, or the account is refused or locked.</exception>
    /// <exception cref="IOException">The root of a tree cannot be listed.</exception>
    public async IAsyncEnumerable<CheckedFile> RunAsync(IProgress<long>? bytesRead = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var cores = new SemaphoreSlim(Environment.ProcessorCount);
        var check = new FileCheck(source.Volume, destination.Volume, options, cores) { BytesRead = bytesRead };
        await foreach (var file in InOrder.SelectAsync(FilesAsync(cancellationToken), FilesAhead, check.CheckAsync, cancellationToken))
            yield return file;
    }

    private async IAsyncEnumerable<(CheckedFile Known, ComparedItem? Pair)> FilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var comparer = new TreeComparer(source, destination, options.Filter) { DestinationOnly = !options.OneWay };
        await foreach (var folder in comparer.CompareAsync(cancellationToken))
        {
            foreach (var note in folder.Notes.Where(n => n.Error is not null))
                yield return (new CheckedFile(folder.Path, CheckResult.Failed) { Detail = note.Text, Error = note.Error }, null);
            foreach (var item in folder.Items.Where(i => !i.IsFolder && (i.Source is not null || (folder.MayRemove && !options.OneWay))))
                yield return Begin(folder.Path.Combine(item.Name), item);
        }
    }

    private static (CheckedFile, ComparedItem?) Begin(VolumePath path, ComparedItem item)
    {
        if (item.Error is { } error)
            return (new CheckedFile(path, CheckResult.Failed) { Detail = error.Message, Error = error }, null);
        if (item.Source is null || item.Destination is null)
            return (new CheckedFile(path, item.Source is null ? CheckResult.MissingOnSource : CheckResult.MissingOnDestination), null);
        return (new CheckedFile(path, CheckResult.Same), item);
    }
}
