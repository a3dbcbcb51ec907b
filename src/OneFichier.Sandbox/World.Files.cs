using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

internal sealed partial class World
{
    /// <summary>Adds a file; its content's use is now the file's.</summary>
    public StoredFile AddFile(StoredFolder folder, string name, Content content, FileAttributesRow? attributes = null)
    {
        var file = new StoredFile
        {
            Id = NewFileId(),
            Name = name,
            Content = content,
            Date = Now,
            Folder = folder,
            Attributes = attributes,
            RemovalCode = folder.Owner is null ? Ids.RemovalCode() : null,
            VisibleFrom = Now + Lag,
        };
        Put(file);
        Record(file);
        return file;
    }

    /// <summary>How long listings will lag behind the change being made; a fault may add to it.</summary>
    public TimeSpan Lag => Behaviours.ListLag > ExtraLag ? Behaviours.ListLag : ExtraLag;

    private TimeSpan ExtraLag { get; set; }

    /// <summary>Makes the changes that follow lag as a fault demands, or no longer.</summary>
    public void LagBecauseOf(FaultKind? fault) =>
        ExtraLag = fault == FaultKind.Lag ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;

    public void RemoveFile(StoredFile file)
    {
        LeaveGhost(file);
        Leave(file);
        Files.Remove(file.Id);
        journal?.Write(new JournalLine { FileGone = file.Id });
        Blobs.Release(file.Content);
    }

    public void MoveFile(StoredFile file, StoredFolder to, string name)
    {
        LeaveGhost(file);
        Leave(file);
        file.Folder = to;
        file.Name = name;
        Enter(file);
        if (Lag > TimeSpan.Zero)
            file.VisibleFrom = Now + Lag;
        Record(file);
    }

    public void RenameFile(StoredFile file, string name)
    {
        file.Name = name;
        Record(file);
    }

    public void SetAttributes(StoredFile file, FileAttributesRow attributes)
    {
        file.Attributes = attributes;
        Record(file);
    }

    public StoredFile CopyFile(StoredFile file, StoredFolder to, string name) =>
        AddFile(to, name, Blobs.Keep(file.Content));

    /// <summary>What a listing of the folder shows now: files with their names, lagging as it may.</summary>
    public IEnumerable<(StoredFile File, string Name)> Listed(StoredFolder folder)
    {
        var now = Now;
        var ghosts = folder.Owner?.Ghosts;
        ghosts?.RemoveAll(g => g.Until <= now);
        return folder.Files.Values
            .Where(f => f.VisibleFrom <= now)
            .Select(f => (f, f.Name))
            .Concat(ghosts is null ? [] : ghosts.Where(g => g.Folder == folder).Select(g => (g.File, g.Name)));
    }

    private void Put(StoredFile file)
    {
        Files.Add(file.Id, file);
        Enter(file);
    }

    private static void Enter(StoredFile file)
    {
        file.Folder.Files.Add(file.Id, file);
        if (file.Owner is { } owner)
            owner.Used += file.Content.Size;
    }

    private static void Leave(StoredFile file)
    {
        file.Folder.Files.Remove(file.Id);
        if (file.Owner is { } owner)
            owner.Used -= file.Content.Size;
    }

    private void LeaveGhost(StoredFile file)
    {
        if (Lag > TimeSpan.Zero && file.VisibleFrom <= Now)
            file.Owner?.Ghosts.Add(new Ghost(file.Folder, file, file.Name, Now + Lag));
    }

    private string NewFileId()
    {
        var id = Ids.FileId();
        while (Files.ContainsKey(id))
            id = Ids.FileId();
        return id;
    }
}
