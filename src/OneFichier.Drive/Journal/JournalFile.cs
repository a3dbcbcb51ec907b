using System.Text;

namespace OneFichier.Drive.Journal;

/// <summary>
/// A file of lines that is on the disk before the call that wrote it returns, and locked by whoever has it open: the kernel frees the lock of a process that dies, so a journal that can be
/// opened is nobody's.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    public const string Extension = ".journal";
    private const string Unborn = ".new";
    private const int Births = 3;

    private readonly FileStream _file;

    private JournalFile(FileStream file, string path) => (_file, Path) = (file, path);

    public string Path { get; private set; }

    /// <summary>Makes a journal with its first line. Until that is on the disk it has a name that tells so; who clears away what was never born may take it in that moment, so it is tried again.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public static JournalFile Create(string folder, string firstLine)
    {
        for (var birth = 1; ; birth++)
        {
            try
            {
                return Bear(folder, firstLine);
            }
            catch (IOException) when (birth < Births)
            {
                continue;
            }
        }
    }

    /// <summary>Takes a journal that is nobody's; <see langword="null"/> when somebody has it, or it is gone.</summary>
    public static JournalFile? TryTake(string path)
    {
        try
        {
            var taken = new JournalFile(Open(path, FileMode.Open), path);
            if (File.Exists(path))
                return taken;
            taken.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes what processes left that died before the first line of a journal was on the disk: nothing was sent.</summary>
    public static void RemoveUnborn(string folder)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Unborn) : [])
            TryTake(path)?.Discard();
    }

    /// <summary>The journals of a folder, whoever's they are.</summary>
    public static IReadOnlyList<string> In(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [];

    /// <summary>The whole lines; one that was being written when its writer died is left out.</summary>
    public IReadOnlyList<string> Lines()
    {
        _file.Position = 0;
        using var reader = new StreamReader(_file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Append(string line)
    {
        _file.Position = _file.Length;
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Ends the journal for good. It is emptied first, so that whoever opens it in the last moment finds nothing to do.</summary>
    public void Discard()
    {
        _file.SetLength(0);
        _file.Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _file.Dispose();

    private static JournalFile Bear(string folder, string firstLine)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var made = new JournalFile(Open(path + Unborn, FileMode.CreateNew), path + Unborn);
        try
        {
            made.Append(firstLine);
            File.Move(path + Unborn, path + Extension);
            made.Path = path + Extension;
            return made;
        }
        catch
        {
            made.Discard();
            throw;
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var windows = OperatingSystem.IsWindows();
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = windows ? FileShare.Delete : FileShare.None, BufferSize = 0 };
        if (!windows && mode == FileMode.CreateNew)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
