namespace OneFichier.Drive.Sync;

/// <summary>What has to be said of a listing.</summary>
internal static class ListingNotes
{
    public static IEnumerable<PlanNote> Of(SyncTree tree, VolumePath below, SideListing listing, bool isSource)
    {
        var path = tree.At(below);
        var side = isSource ? "source" : "destination";
        if (listing.Failure is { } failure)
            yield return new PlanNote(path, $"The {side}'s folder '{path}' could not be listed, so nothing in it is touched: {failure.Message}", failure);
        if (listing.Contents is not { } contents)
            yield break;
        if (contents.Failure is { } old)
            yield return new PlanNote(path, Stale(path, side, isSource, old), old);
        else if (!contents.Complete)
            yield return new PlanNote(path, Incomplete(path, side), new IOException($"The listing of '{path}' is not complete."));
        foreach (var note in contents.Notes)
            yield return new PlanNote(path, note);
    }

    private static string Stale(VolumePath path, string side, bool isSource, Exception failure) => isSource
        ? $"The {side}'s folder '{path}' is known only from an older listing, so because of it nothing is removed or replaced: {failure.Message}"
        : $"The {side}'s folder '{path}' is known only from an older listing, so nothing in it is touched: {failure.Message}";

    private static string Incomplete(VolumePath path, string side) => $"The listing of the {side}'s folder '{path}' is not complete, so nothing there is removed for not being in it.";
}
