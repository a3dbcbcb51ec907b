namespace OneFichier.Sandbox;

/// <summary>A folder of the service. Id 0 is a member's root.</summary>
internal sealed class StoredFolder
{
    /// <summary>The id of the place for what others send to a member; in no folder's listing.</summary>
    public const long Incoming = -2;

    public required long Id { get; init; }

    public required string Name { get; set; }

    public required AccountState? Owner { get; init; }

    public StoredFolder? Parent { get; set; }

    public DateTimeOffset Created { get; init; }

    public Dictionary<string, StoredFile> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, StoredFolder> Folders { get; } = [];

    /// <summary>The id of the public address, when shared.</summary>
    public string? ShareId { get; set; }

    public string? SharePassword { get; set; }

    public List<GroupShare> Shares { get; } = [];

    /// <summary>Folder names from the root down, joined by slashes; empty for the root.</summary>
    public string Path => Parent is null ? "" : Parent.Path.Length == 0 ? Name : Parent.Path + "/" + Name;

    public IEnumerable<StoredFolder> SelfAndAncestors()
    {
        for (var folder = this; folder is not null; folder = folder.Parent)
            yield return folder;
    }

    public IEnumerable<StoredFolder> SelfAndDescendants()
    {
        var waiting = new Stack<StoredFolder>([this]);
        while (waiting.TryPop(out var folder))
        {
            yield return folder;
            foreach (var child in folder.Folders.Values)
                waiting.Push(child);
        }
    }
}

/// <summary>A folder given to another member.</summary>
internal sealed record GroupShare(string Email, bool Writable, bool HideLinks);
