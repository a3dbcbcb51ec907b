using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

internal sealed partial class World
{
    public StoredFolder AddFolder(StoredFolder parent, string name)
    {
        var folder = new StoredFolder
        {
            Id = nextFolder++,
            Name = name,
            Owner = parent.Owner,
            Parent = parent,
            Created = Now,
        };
        parent.Folders.Add(folder.Id, folder);
        Folders.Add(folder.Id, folder);
        Record(folder);
        return folder;
    }

    /// <summary>Removes a folder with everything in it.</summary>
    public void RemoveFolder(StoredFolder folder)
    {
        foreach (var child in folder.Folders.Values.ToList())
            RemoveFolder(child);
        foreach (var file in folder.Files.Values.ToList())
            RemoveFile(file);
        folder.Parent?.Folders.Remove(folder.Id);
        Folders.Remove(folder.Id);
        journal?.Write(new JournalLine { FolderGone = folder.Id });
    }

    public void MoveFolder(StoredFolder folder, StoredFolder to, string name)
    {
        folder.Parent?.Folders.Remove(folder.Id);
        folder.Parent = to;
        folder.Name = name;
        to.Folders.Add(folder.Id, folder);
        Record(folder);
    }

    public StoredFolder? FindChild(StoredFolder parent, string name) =>
        parent.Folders.Values.FirstOrDefault(f => string.Equals(
            f.Name,
            name,
            Behaviours.FolderNamesIgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    /// <summary>Makes all changes within as one write, for changes by the thousand.</summary>
    public void InBatch(Action changes)
    {
        if (journal is null)
        {
            changes();
            return;
        }

        journal.Batching = true;
        changes();
        journal.Batching = false;
        journal.Flush();
    }
}
