using System.Runtime.InteropServices;
using System.Text;

namespace OneFichier.Drive.Local;

/// <summary>
/// Asks the system about one path. .NET tells neither a pipe from a file (and opening one to find out may wait for ever) nor the inode, so on Linux the kernel is asked by statx, whose answer has one
/// layout on all processors (statx(2)); elsewhere, and on a kernel without it, .NET has to do.
/// </summary>
internal static class DiskStat
{
    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicAndBirth = 0xFFF;
    private const uint Birth = 0x800;
    private const int NotFound = 2;
    private const int NoFolder = 20;
    private const int NameTooLong = 36;
    private const int NotImplemented = 38;
    private const int TooManyLinks = 40;
    private const int KindMask = 0xF000;

    private static volatile bool s_missing = !OperatingSystem.IsLinux();

    /// <returns><see langword="null"/> when there is nothing; of a link that is followed, when it leads nowhere.</returns>
    /// <exception cref="IOException">It cannot be known.</exception>
    public static DiskInfo? Look(string path, bool follow)
    {
        while (!s_missing)
        {
            try
            {
                return AskKernel(path, follow);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
            {
                s_missing = true;
            }
        }

        return AskRuntime(path, follow);
    }

    private static DiskInfo? AskKernel(string path, bool follow)
    {
        var answer = new byte[256];
        var text = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, text);
        if (Statx(AtCurrentFolder, text, follow ? 0 : NoFollow, BasicAndBirth, answer) == 0)
            return Read(answer);
        return Marshal.GetLastPInvokeError() switch
        {
            NotFound or NoFolder or NameTooLong => null,
            TooManyLinks when follow => null,
            NotImplemented => throw new PlatformNotSupportedException("The kernel has no statx."),
            var error => throw new IOException($"'{path}' cannot be looked at: {Marshal.GetPInvokeErrorMessage(error)}."),
        };
    }

    /// <summary>The offsets are those of struct statx.</summary>
    private static DiskInfo Read(ReadOnlySpan<byte> answer)
    {
        var mode = BitConverter.ToUInt16(answer[28..]);
        var device = $"{BitConverter.ToUInt32(answer[136..]):x}.{BitConverter.ToUInt32(answer[140..]):x}";
        return new DiskInfo(KindOf(mode & KindMask))
        {
            Size = BitConverter.ToInt64(answer[40..]),
            ModTime = Time(answer[112..]),
            Created = (BitConverter.ToUInt32(answer) & Birth) != 0 ? Time(answer[80..]) : null,
            Device = device,
            Inode = $"{device}:{BitConverter.ToUInt64(answer[32..]):x}",
            Mode = (UnixFileMode)(mode & 0xFFF),
        };
    }

    private static DiskKind KindOf(int bits) => bits switch
    {
        0x8000 => DiskKind.File,
        0x4000 => DiskKind.Folder,
        0xA000 => DiskKind.Link,
        _ => DiskKind.Special,
    };

    private static DateTimeOffset Time(ReadOnlySpan<byte> answer)
    {
        var ticks = (Int128)BitConverter.ToInt64(answer) * TimeSpan.TicksPerSecond + BitConverter.ToUInt32(answer[8..]) / TimeSpan.NanosecondsPerTick + DateTime.UnixEpoch.Ticks;
        return new DateTimeOffset((long)Int128.Clamp(ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    private static DiskInfo? AskRuntime(string path, bool follow)
    {
        FileSystemInfo info = new FileInfo(path);
        if (follow && info.LinkTarget is not null)
        {
            if (info.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } target)
                return null;
            info = target;
        }

        if ((int)info.Attributes == -1)
            return null;
        var kind = info.Attributes.HasFlag(FileAttributes.Directory) ? DiskKind.Folder : info.Attributes.HasFlag(FileAttributes.Device) ? DiskKind.Special : DiskKind.File;
        return new DiskInfo(info.LinkTarget is null ? kind : DiskKind.Link)
        {
            Size = kind == DiskKind.File && info is FileInfo file ? file.Length : 0,
            ModTime = new DateTimeOffset(info.LastWriteTimeUtc),
            Created = new DateTimeOffset(info.CreationTimeUtc),
            Mode = OperatingSystem.IsWindows() ? UnixFileMode.None : info.UnixFileMode,
        };
    }

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] answer);
}
