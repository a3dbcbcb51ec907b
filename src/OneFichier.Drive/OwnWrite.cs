namespace OneFichier.Drive;

/// <summary>
/// A change this account's programs made to one folder, as they know it from the service's answer. Listings lag behind such changes
/// (1fichier-api §6.6), so for a while the change is believed and the listing is not.
/// </summary>
/// <param name="Folder">The folder whose content changed.</param>
/// <param name="At">When the service confirmed it.</param>
public abstract record OwnWrite(FolderId Folder, DateTimeOffset At)
{
    /// <summary>A file is in the folder now, under the name it carries: sent, copied or moved there. A renamed one is told as gone first.</summary>
    public sealed record FileShown(FolderId Folder, DateTimeOffset At, ListedFile File) : OwnWrite(Folder, At);

    /// <summary>A file is no longer in the folder, at least not under the name it carries: removed, moved away or renamed.</summary>
    public sealed record FileGone(FolderId Folder, DateTimeOffset At, ListedFile File) : OwnWrite(Folder, At);

    /// <summary>A folder is in the folder now, under the name it carries: made, moved there or renamed.</summary>
    public sealed record FolderShown(FolderId Folder, DateTimeOffset At, RemoteFolder Child) : OwnWrite(Folder, At);

    /// <summary>A folder is no longer in the folder: removed or moved away.</summary>
    public sealed record FolderGone(FolderId Folder, DateTimeOffset At, FolderId Child) : OwnWrite(Folder, At);
}
