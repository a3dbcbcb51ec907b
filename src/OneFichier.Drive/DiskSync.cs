using System.Runtime.InteropServices;
using System.Text;

namespace OneFichier.Drive;

/// <summary>Brings the names in a folder to the disk itself, for which .NET has no call.</summary>
internal static class DiskSync
{
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open([.. Encoding.UTF8.GetBytes(path), 0], 0);
        if (folder < 0)
            throw Failure(path);
        var failure = FSync(folder) < 0 ? Failure(path) : null;
        _ = Close(folder);
        if (failure is not null)
            throw failure;
    }

    private static IOException Failure(string path) => new($"'{path}' cannot be brought to the disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FSync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);
}
