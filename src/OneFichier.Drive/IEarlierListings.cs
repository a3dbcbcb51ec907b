namespace OneFichier.Drive;

/// <summary>What another store remembered, for one that goes on in its place.</summary>
internal interface IEarlierListings
{
    TimeSpan ObservedLag { get; }

    /// <summary>All that was remembered in a folder; <see langword="null"/> when nothing was, or it cannot be read.</summary>
    (FolderContent Content, ListingState? State)? Of(FolderId folder);

    FolderId? ParentOf(FolderId folder);
}
