using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

internal sealed partial class World
{
    public void Record(StoredFile file) => journal?.Write(new JournalLine { File = Row(file) });

    public void Record(StoredFolder folder) => journal?.Write(new JournalLine { Folder = Row(folder) });

    public void Record(AccountState account) => journal?.Write(new JournalLine { Account = Row(account) });

    private static FileRow Row(StoredFile file) => new()
    {
        Id = file.Id,
        Name = file.Name,
        Size = file.Content.Size,
        Checksum = file.Content is GeneratedContent ? null : file.Checksum,
        ContentSeed = (file.Content as GeneratedContent)?.Seed,
        Date = file.Date,
        FolderId = file.Folder.Id,
        Owner = file.Owner?.Email,
        RemovalCode = file.RemovalCode,
        Attributes = file.Attributes,
    };

    private static FolderRow Row(StoredFolder folder) => new()
    {
        Id = folder.Id,
        Name = folder.Name,
        ParentId = folder.Parent?.Id ?? 0,
        Owner = folder.Owner!.Email,
        Created = folder.Created,
        ShareId = folder.ShareId,
        SharePassword = folder.SharePassword,
        Shares = folder.Shares,
    };

    private static AccountRow Row(AccountState account) => new()
    {
        Email = account.Email,
        Offer = account.Offer,
        Quota = account.Quota,
        Locked = account.Locked,
        UploadForbidden = account.UploadForbidden,
        Keys = account.Keys,
        Settings = account.Settings,
    };

    private void Restore(Journal from)
    {
        var files = new Dictionary<string, FileRow>(StringComparer.Ordinal);
        var folders = new Dictionary<long, FolderRow>();
        foreach (var line in from.Read())
        {
            if (line.Account is { } account)
                Restore(account);
            if (line.Folder is { } folder)
                folders[folder.Id] = folder;
            if (line.File is { } file)
                files[file.Id] = file;
            if (line.FolderGone is { } goneFolder)
                folders.Remove(goneFolder);
            if (line.FileGone is { } goneFile)
                files.Remove(goneFile);
        }

        RestoreFolders(folders.Values);
        foreach (var file in files.Values)
            Restore(file);
        Blobs.DropUnused();
        from.Rewrite(Snapshot());
    }

    private void Restore(AccountRow row)
    {
        if (FindAccount(row.Email) is not { } account)
            return;
        account.Offer = row.Offer;
        account.Quota = row.Quota;
        account.Locked = row.Locked;
        account.UploadForbidden = row.UploadForbidden;
        foreach (var (key, works) in row.Keys)
            account.Keys[key] = works;
        foreach (var (field, value) in row.Settings)
            account.Settings[field] = value;
    }

    private void RestoreFolders(IReadOnlyCollection<FolderRow> rows)
    {
        foreach (var row in rows)
        {
            if (FindAccount(row.Owner) is not { } owner)
                continue;
            Folders[row.Id] = new StoredFolder
            {
                Id = row.Id,
                Name = row.Name,
                Owner = owner,
                Created = row.Created,
                ShareId = row.ShareId,
                SharePassword = row.SharePassword,
            };
            Folders[row.Id].Shares.AddRange(row.Shares);
            nextFolder = Math.Max(nextFolder, row.Id + 1);
        }

        foreach (var row in rows)
        {
            if (!Folders.TryGetValue(row.Id, out var folder) || FindFolder(folder.Owner!, row.ParentId) is not { } parent)
                continue;
            folder.Parent = parent;
            parent.Folders.Add(folder.Id, folder);
        }
    }

    private void Restore(FileRow row)
    {
        var folder = row.Owner is null ? Guests : FindAccount(row.Owner) is { } owner ? FindFolder(owner, row.FolderId) : null;
        var content = row.ContentSeed is { } seed ? new GeneratedContent(seed, row.Size) : Blobs.Open(row.Checksum ?? "", row.Size);
        if (folder is null || content is null)
            return;
        Put(new StoredFile
        {
            Id = row.Id,
            Name = row.Name,
            Content = content,
            Date = row.Date,
            Folder = folder,
            RemovalCode = row.RemovalCode,
            Attributes = row.Attributes,
        });
    }

    private IEnumerable<JournalLine> Snapshot() =>
        Accounts.Select(a => new JournalLine { Account = Row(a) })
            .Concat(Folders.Values.Select(f => new JournalLine { Folder = Row(f) }))
            .Concat(Files.Values.Select(f => new JournalLine { File = Row(f) }));
}
