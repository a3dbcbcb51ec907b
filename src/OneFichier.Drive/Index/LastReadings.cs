namespace OneFichier.Drive.Index;

/// <summary>What can still be read of an index that cannot be written. The first failure is the last.</summary>
internal sealed class LastReadings(IndexPool pool) : IEarlierListings
{
    private bool _ended;

    public TimeSpan ObservedLag => Read(f => f.Fact(IndexWriter.ObservedLag));

    public (FolderContent Content, ListingState? State)? Of(FolderId folder) => Read(f => f.All(folder));

    public FolderId? ParentOf(FolderId folder) => Read(f => f.ParentOf(folder));

    private T? Read<T>(Func<IndexFile, T> read)
    {
        try
        {
            return _ended ? default : pool.Read(read);
        }
        catch (Exception e) when (DamagedIndex.IsHindrance(e) || e is ObjectDisposedException)
        {
            _ended = true;
            return default;
        }
    }
}
