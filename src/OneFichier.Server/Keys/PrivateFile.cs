namespace OneFichier.Server.Keys;

/// <summary>Files that only their owner may read: made so from their first moment, replaced in one step, refused when they are anything else.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder, and what is missing above it, for the owner only; one that is there stays as it is.</summary>
    public static void EnsureFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerFolder);
    }

    /// <summary>The content, or <see langword="null"/> where there is no file. A missing folder is a missing file.</summary>
    /// <exception cref="FichierKeyException">Other users may read or write it, or it belongs to somebody else.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            Refuse(path);
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts content in place of what is there: all of it or, should the program end meanwhile, none of it.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var fresh = WriteBeside(path, content);
        try
        {
            File.Move(fresh, path, overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Puts content where nothing is yet. Of several processes that do so at once, one succeeds.</summary>
    /// <returns>Whether it was this one.</returns>
    public static bool Create(string path, ReadOnlySpan<byte> content)
    {
        var fresh = WriteBeside(path, content);
        try
        {
            File.Move(fresh, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Who may read a file, in words for a person.</summary>
    public static string Readers(string path) =>
        OperatingSystem.IsWindows() ? "whoever Windows lets read your profile"
        : (File.GetUnixFileMode(path) & Others) == UnixFileMode.None ? "its owner only"
        : "other users of this machine too";

    /// <summary>Whether users other than the owner may read or write a file.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    private static void Refuse(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        var mode = File.GetUnixFileMode(path);
        if ((mode & Others) != UnixFileMode.None)
        {
            throw new FichierKeyException($"Other users of this machine may read '{path}'.")
            {
                Remedy = $"Run: chmod 600 '{path}'; if others may have read it, make a new key at {ApiKey.PageUrl}",
            };
        }

        RefuseForeign(path, mode);
    }

    // The library tells no owner; but only the owner (or root) may set a mode, even to what it is already.
    private static void RefuseForeign(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;

        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FichierKeyException($"'{path}' belongs to another user.", e) { Remedy = "Remove it, then run: fichier login" };
        }
    }

    private static string WriteBeside(string path, ReadOnlySpan<byte> content)
    {
        EnsureFolder(Path.GetDirectoryName(path)!);
        var fresh = $"{path}.{Path.GetRandomFileName()}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;

        using var stream = new FileStream(fresh, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
        return fresh;
    }
}
