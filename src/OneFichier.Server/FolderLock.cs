namespace OneFichier.Server;

/// <summary>One writer at a time in a folder, over all processes of a user. The lock goes with the process that held it.</summary>
public static class FolderLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for the lock of a folder and holds it until disposed.</summary>
    /// <exception cref="IOException">Another process holds it for too long.</exception>
    public static async Task<IDisposable> AcquireAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        PrivateFile.MakeFolder(folder);
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return PrivateFile.Open(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite);
            }
            catch (IOException) when (time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Interval, time, cancellationToken);
            }
        }
    }
}
