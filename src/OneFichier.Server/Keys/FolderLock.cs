namespace OneFichier.Server.Keys;

/// <summary>One writer at a time in a folder, over all processes of a user. The lock goes with the process that held it.</summary>
public static class FolderLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock of a folder and holds it until disposed.</summary>
    /// <exception cref="IOException">Another process holds it for too long.</exception>
    public static async Task<IDisposable> AcquireAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        PrivateFile.EnsureFolder(folder);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(Path.Combine(folder, ".lock"));
            }
            catch (IOException) when (time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return new FileStream(path, options);
    }
}
