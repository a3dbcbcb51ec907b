namespace OneFichier.Server.Keys;

/// <summary>Files that hold a secret: refused when anybody but their owner may read them. They are written as <see cref="PrivateFile"/> writes.</summary>
public static class SecretFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

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

    /// <summary>Puts content where nothing is yet. Of several processes that do so at once, one succeeds.</summary>
    /// <returns>Whether it was this one.</returns>
    public static async Task<bool> CreateAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var fresh = $"{path}.{Path.GetRandomFileName()}.new";
        await PrivateFile.ReplaceAsync(fresh, content, cancellationToken);
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
}
