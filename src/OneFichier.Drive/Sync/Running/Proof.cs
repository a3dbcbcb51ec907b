namespace OneFichier.Drive.Sync;

/// <summary>Whether what a volume says it holds now is what was to come.</summary>
internal static class Proof
{
    /// <summary>Why a file is not there as it should be; <see langword="null"/> when it is. One with other content is removed: under its size and time the next run would take it for the right one.</summary>
    public static async ValueTask<Exception?> RefusalAsync(this RunContext run, ItemResult result, Entry wanted)
    {
        if (result.Error is not null || result.Entry is not { } stored || Mismatch(result.Path, stored, wanted) is not { } mismatch)
            return result.Error;

        var removed = await run.Destination.RemoveAsync([result.Path], run.Token);
        return removed[0].Error is { } stays ? new AggregateException(mismatch, stays) : mismatch;
    }

    private static FichierIntegrityException? Mismatch(VolumePath path, Entry stored, Entry wanted)
    {
        if (stored.Size != wanted.Size)
            return new FichierIntegrityException($"'{path}' has {stored.Size} bytes where the source has {wanted.Size}.");

        return stored.Checksum is { } there && wanted.Checksum is { } here && there != here
            ? new FichierIntegrityException($"'{path}' has another checksum than its source.")
            : null;
    }
}
