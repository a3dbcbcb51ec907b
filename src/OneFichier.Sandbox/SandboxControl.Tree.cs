using OneFichier.Sandbox.Storage;

namespace OneFichier.Sandbox;

public sealed partial class SandboxControl
{
    /// <summary>All a member has.</summary>
    /// <param name="account">The member's email; null for the first.</param>
    public SandboxTree Tree(string? account = null)
    {
        lock (world.Gate)
        {
            var member = Account(account);
            var folders = member.Root.SelfAndDescendants().OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
            return new SandboxTree
            {
                Folders = [.. folders.Where(f => f.Parent is not null).Select(Shown)],
                Files = [.. folders.Append(member.IncomingFolder).SelectMany(f => f.Files.Values.OrderBy(x => x.Name, StringComparer.Ordinal)).Select(Shown)],
            };
        }
    }

    /// <summary>Files uploaded without an account.</summary>
    public IReadOnlyList<SandboxFile> GuestFiles
    {
        get
        {
            lock (world.Gate)
                return [.. world.Guests.Files.Values.Select(Shown)];
        }
    }

    /// <summary>Opens a stored file's bytes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public Stream Open(string url)
    {
        lock (world.Gate)
            return File(url).Content.Open(0);
    }

    /// <summary>Makes a folder, with its parents where they are missing.</summary>
    /// <returns>The folder's id.</returns>
    public long AddFolder(string path, string? account = null)
    {
        lock (world.Gate)
            return Reach(Account(account), path).Id;
    }

    /// <summary>Adds a file, whatever is there already.</summary>
    /// <returns>The file's link.</returns>
    public string AddFile(string path, ReadOnlySpan<byte> content, string? account = null)
    {
        using var blob = world.Blobs.Create();
        blob.Append(content);
        lock (world.Gate)
            return Add(Account(account), path, blob.Complete()).Link;
    }

    /// <summary>Adds a file whose bytes are generated from a seed and take no room.</summary>
    /// <returns>The file's link.</returns>
    public string AddGeneratedFile(string path, long size, ulong seed = 1, string? account = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        lock (world.Gate)
            return Add(Account(account), path, new GeneratedContent(seed, size)).Link;
    }

    /// <summary>Adds a generated tree. A million files take seconds.</summary>
    public void Seed(SandboxSeed seed, string? account = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed.Folders, nameof(seed));
        ArgumentOutOfRangeException.ThrowIfNegative(seed.Files, nameof(seed));
        lock (world.Gate)
            world.InBatch(() => Grow(Reach(Account(account), seed.Into), seed));
    }

    /// <summary>Adds generated files by an explicit list.</summary>
    public void Seed(IEnumerable<SandboxSeedFile> files, string? account = null)
    {
        lock (world.Gate)
        {
            var member = Account(account);
            world.InBatch(() =>
            {
                foreach (var file in files)
                    Add(member, file.Path, new GeneratedContent(file.Seed, file.Size));
            });
        }
    }

    /// <summary>Removes a file, as somebody else would.</summary>
    public void RemoveFile(string url)
    {
        lock (world.Gate)
            world.RemoveFile(File(url));
    }

    /// <summary>Renames a file, as somebody else would.</summary>
    public void RenameFile(string url, string name)
    {
        lock (world.Gate)
            world.RenameFile(File(url), name);
    }

    /// <summary>Moves a file to a folder of the same member, made when missing.</summary>
    public void MoveFile(string url, string folder)
    {
        lock (world.Gate)
        {
            var file = File(url);
            world.MoveFile(file, Reach(file.Owner ?? throw new InvalidOperationException("A guest's file is in no folder."), folder), file.Name);
        }
    }

    /// <summary>Removes a folder with everything in it.</summary>
    public void RemoveFolder(string path, string? account = null)
    {
        lock (world.Gate)
            world.RemoveFolder(Find(Account(account), path));
    }

    /// <summary>Moves or renames a folder; the new path's parents are made when missing.</summary>
    public void MoveFolder(string path, string newPath, string? account = null)
    {
        lock (world.Gate)
        {
            var member = Account(account);
            var (parent, name) = Split(newPath);
            var folder = Find(member, path);
            var to = Reach(member, parent);
            if (to.SelfAndAncestors().Contains(folder))
                throw new InvalidOperationException("A folder cannot be moved into itself.");
            world.MoveFolder(folder, to, name);
        }
    }

    /// <summary>Removes everything a member has.</summary>
    public void Clear(string? account = null)
    {
        lock (world.Gate)
        {
            var member = Account(account);
            foreach (var folder in member.Root.Folders.Values.ToList())
                world.RemoveFolder(folder);
            foreach (var file in member.Root.Files.Values.Concat(member.IncomingFolder.Files.Values).ToList())
                world.RemoveFile(file);
        }
    }

    private static SandboxFolder Shown(StoredFolder folder) => new()
    {
        Id = folder.Id,
        ParentId = folder.Parent!.Id,
        Path = folder.Path,
        Created = folder.Created,
        ShareUrl = folder.ShareId is null ? null : $"https://1fichier.com/dir/{folder.ShareId}",
    };

    private static SandboxFile Shown(StoredFile file) => new()
    {
        Url = file.Link,
        Name = file.Name,
        Path = file.Folder.Path.Length == 0 ? file.Name : $"{file.Folder.Path}/{file.Name}",
        FolderId = file.Folder.Id,
        Size = file.Content.Size,
        Checksum = file.Checksum,
        Date = file.Date,
        Description = file.Attributes?.Description,
        Password = file.Attributes?.Password,
    };

    private static (string Parent, string Name) Split(string path)
    {
        var clean = path.Trim('/');
        var at = clean.LastIndexOf('/');
        return at < 0 ? ("", clean) : (clean[..at], clean[(at + 1)..]);
    }

    private static StoredFolder Find(AccountState member, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(member.Root, (folder, name) =>
            folder.Folders.Values.FirstOrDefault(f => f.Name == name) ?? throw new KeyNotFoundException($"There is no folder {path}."));

    private StoredFolder Reach(AccountState member, string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(member.Root, (folder, name) =>
            folder.Folders.Values.FirstOrDefault(f => f.Name == name) ?? world.AddFolder(folder, name));

    private StoredFile Add(AccountState member, string path, Content content)
    {
        var (parent, name) = Split(path);
        return world.AddFile(Reach(member, parent), name, content);
    }

    private void Grow(StoredFolder into, SandboxSeed seed)
    {
        var folders = Enumerable.Range(1, seed.Folders).Select(n => world.AddFolder(into, $"folder-{n:D6}")).ToList();
        for (var n = 1; n <= seed.Files; n++)
        {
            var folder = folders.Count == 0 ? into : folders[(n - 1) % folders.Count];
            world.AddFile(folder, $"file-{n:D6}.bin", new GeneratedContent(seed.Seed + (ulong)n, seed.FileSize));
        }
    }

    private StoredFile File(string url) =>
        Links.FileId(url) is { } id && world.Files.TryGetValue(id, out var file)
            ? file
            : throw new KeyNotFoundException($"There is no file {url}.");
}
