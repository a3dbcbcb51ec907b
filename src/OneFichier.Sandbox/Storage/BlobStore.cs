using System.Globalization;

namespace OneFichier.Sandbox.Storage;

/// <summary>Contents by checksum, each kept once and dropped when its last file goes.</summary>
internal sealed class BlobStore : IDisposable
{
    private const int SpillAbove = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (Content Content, int Users)> blobs = new(StringComparer.Ordinal);
    private readonly bool persistent;
    private readonly Lazy<string> folder;
    private int temporaries;

    /// <param name="dataFolder">Where contents are kept; null for memory and a temporary folder.</param>
    public BlobStore(string? dataFolder)
    {
        persistent = dataFolder is not null;
        folder = new(() => Prepare(dataFolder));
    }

    /// <summary>Sizes up to this stay in memory.</summary>
    public int KeepInMemory => persistent ? -1 : SpillAbove;

    public BlobWriter Create() => new(this);

    public FileStream CreateTemporary()
    {
        var name = Interlocked.Increment(ref temporaries).ToString(CultureInfo.InvariantCulture);
        return new FileStream(Path.Combine(folder.Value, "incoming", name), FileMode.Create, FileAccess.Write, FileShare.Read, 128 * 1024);
    }

    public Content Keep(Content content)
    {
        lock (gate)
            return Share(content);
    }

    /// <summary>Moves a finished temporary file to its place, or drops it when its content is there already.</summary>
    public Content Adopt(string temporary, long size, byte[] checksum)
    {
        lock (gate)
        {
            var key = Convert.ToHexStringLower(checksum);
            if (blobs.ContainsKey(key))
                File.Delete(temporary);
            else
                File.Move(temporary, Place(key), overwrite: true);
            return Share(new FileContent(Place(key), size, checksum));
        }
    }

    /// <summary>Another user of a stored content, after a restart or for a copy.</summary>
    public Content? Open(string checksum, long size)
    {
        lock (gate)
        {
            if (blobs.TryGetValue(checksum, out var known))
                return Share(known.Content);
            var path = Place(checksum);
            return new FileInfo(path) is { Exists: true } info && info.Length == size
                ? Share(new FileContent(path, size, Convert.FromHexString(checksum)))
                : null;
        }
    }

    public void Release(Content content)
    {
        if (content is GeneratedContent)
            return;
        lock (gate)
        {
            var key = Convert.ToHexStringLower(content.Checksum);
            if (!blobs.TryGetValue(key, out var known))
                return;
            blobs[key] = known with { Users = known.Users - 1 };
            if (known.Users > 1)
                return;
            blobs.Remove(key);
            if (known.Content is FileContent file)
                File.Delete(file.Path);
        }
    }

    /// <summary>Deletes what no file uses: left by a process that was killed between content and journal.</summary>
    public void DropUnused()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder.Value, "blobs"), "*", SearchOption.AllDirectories).ToList())
            if (!blobs.ContainsKey(Path.GetFileName(path)))
                File.Delete(path);
    }

    public void Dispose()
    {
        if (!persistent && folder.IsValueCreated)
            Directory.Delete(folder.Value, recursive: true);
    }

    private static string Prepare(string? dataFolder)
    {
        var root = dataFolder ?? Directory.CreateTempSubdirectory("fichier-sandbox-").FullName;
        var incoming = Path.Combine(root, "incoming");
        if (Directory.Exists(incoming))
            Directory.Delete(incoming, recursive: true);
        Directory.CreateDirectory(incoming);
        Directory.CreateDirectory(Path.Combine(root, "blobs"));
        return root;
    }

    private Content Share(Content content)
    {
        if (content is GeneratedContent)
            return content;
        var key = Convert.ToHexStringLower(content.Checksum);
        var known = blobs.GetValueOrDefault(key, (content, 0));
        blobs[key] = known with { Item2 = known.Item2 + 1 };
        return known.Item1;
    }

    private string Place(string checksum)
    {
        var shelf = Path.Combine(folder.Value, "blobs", checksum[..2]);
        Directory.CreateDirectory(shelf);
        return Path.Combine(shelf, checksum);
    }
}
