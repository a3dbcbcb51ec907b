namespace OneFichier.Drive.Sync;

/// <summary>Compares a file of two sides.</summary>
internal sealed class FileCheck(IVolume source, IVolume destination, CheckOptions options, SemaphoreSlim cores)
{
    public IProgress<long>? BytesRead { get; init; }

    public async Task<CheckedFile> CheckAsync((CheckedFile Known, ComparedItem? Pair) file, CancellationToken cancellationToken)
    {
        var (known, pair) = file;
        if (pair is not { Source: { } wanted, Destination: { } there })
            return known;
        if (wanted.Size != there.Size)
            return known with { Result = CheckResult.Differs, Detail = $"{wanted.Size} and {there.Size} bytes" };
        if (options.SizeOnly)
            return known;
        try
        {
            return await ContentAsync(known, wanted, there, cancellationToken);
        }
        catch (Exception e) when (SideListing.Passes(e))
        {
            return known with { Result = CheckResult.Failed, Detail = e.Message, Error = e };
        }
    }

    private async Task<CheckedFile> ContentAsync(CheckedFile known, Entry wanted, Entry there, CancellationToken cancellationToken)
    {
        if (!Tells(source, wanted) || !Tells(destination, there))
            return known with { Detail = "no checksum is known, so only the sizes were compared" };
        var left = HashAsync(source, wanted, cancellationToken);
        var right = HashAsync(destination, there, cancellationToken);
        await Task.WhenAll(left, right);
        return await left == await right ? known with { Proven = true } : known with { Result = CheckResult.Differs, Detail = "the contents differ", Proven = true };
    }

    private bool Tells(IVolume volume, Entry file) => options.Download || file.Checksum is not null || !volume.Traits.Metered;

    private async Task<WhirlpoolHash> HashAsync(IVolume volume, Entry file, CancellationToken cancellationToken)
    {
        if (!options.Download && file.Checksum is { } known)
            return known;
        await cores.WaitAsync(cancellationToken);
        try
        {
            return options.Remembered && !options.Download && volume.Feature<IContentHasher>() is { } hasher
                ? await hasher.HashAsync(file, bytesRead: null, cancellationToken)
                : await ContentHash.OfAsync(volume, file, BytesRead, cancellationToken);
        }
        finally
        {
            cores.Release();
        }
    }
}
