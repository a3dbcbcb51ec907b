namespace OneFichier.Drive.Sync;

/// <summary>Whether what is at a path is still what was there when the plan was made.</summary>
internal static class EntryChange
{
    public static bool IsStill(this Entry planned, Entry? now, VolumeTraits traits) =>
        now is not null
        && now.IsFolder == planned.IsFolder
        && now.Size == planned.Size
        && (now.Id is null || planned.Id is null || now.Id == planned.Id)
        && (traits.ModTimePrecision is null || now.ModTime is null || planned.ModTime is null || now.ModTime == planned.ModTime);

    /// <summary>A file of the source that is not paid for is looked at again; the others are opened by what names their content.</summary>
    public static async ValueTask<Exception?> SourceChangeAsync(this RunContext run, Entry planned)
    {
        if (run.Source.Traits.Metered)
            return null;

        try
        {
            var now = await run.Source.FindAsync(planned.Path, run.Token);
            return planned.IsStill(now, run.Source.Traits)
                ? null
                : new FichierSourceException(planned.Path.ToString(), now is null ? "is no longer there" : "was changed after it was looked at") { Remedy = "Run again to transfer it as it is now." };
        }
        catch (Exception e) when (run.IsFailure(e))
        {
            return e;
        }
    }

    /// <summary>Whether a file of the destination that is to be replaced or removed is the one the plan means, or gone. If it is another, that is a surprise, and it stays.</summary>
    public static async ValueTask<bool> MayReplaceAsync(this RunContext run, VolumePath target, Entry? planned)
    {
        if (planned is null && run.Destination.Traits.Metered)
            return true;

        var now = await run.Destination.FindAsync(target, run.Token);
        if (now is null || planned?.IsStill(now, run.Destination.Traits) == true)
            return true;

        run.Tally.Surprise(target, planned is null ? "Somebody else put something there; it was left alone." : "Somebody else changed it; it was left alone.");
        return false;
    }
}
