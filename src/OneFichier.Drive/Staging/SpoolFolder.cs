namespace OneFichier.Drive.Staging;

/// <summary>The folder of a spool, held by one process: the kernel frees the lock of one that dies.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _data;

    /// <exception cref="IOException">Another process uses it, or it cannot be made.</exception>
    public SpoolFolder(string path)
    {
        try
        {
            Make(path);
            _data = System.IO.Path.Combine(path, "data");
            Make(_data);
            _lock = Take(System.IO.Path.Combine(path, "lock"), path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }

        JournalPath = System.IO.Path.Combine(path, "journal");
    }

    public string JournalPath { get; }

    /// <summary>Where the content of a file lies.</summary>
    public string DataPath(long id) => System.IO.Path.Combine(_data, id.ToString("x16"));

    /// <summary>Removes contents that nothing tells of.</summary>
    public void RemoveDebris(Func<long, bool> isKnown)
    {
        foreach (var path in Directory.EnumerateFiles(_data).ToList())
        {
            if (!long.TryParse(System.IO.Path.GetFileName(path), System.Globalization.NumberStyles.HexNumber, null, out var id) || !isKnown(id))
                File.Delete(path);
        }
    }

    /// <summary>Brings the names of contents to the disk.</summary>
    public void SyncNames() => DiskSync.Folder(_data);

    public void Dispose() => _lock.Dispose();

    private static FileStream Take(string path, string folder)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"The spool '{folder}' is in use by another process.", e);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
