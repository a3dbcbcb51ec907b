using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OneFichier.Mount.Fuse;

/// <summary>A line of the system's table of mounts.</summary>
/// <param name="Folder">Where it is seen.</param>
/// <param name="Type">Its type, as <c>fuse.fichier</c>.</param>
/// <param name="Device">Its device's numbers, as <c>0:52</c>.</param>
public sealed record MountedFolder(string Folder, string Type, string Device)
{
    /// <summary>Whether it is a mount of this program, this process or another.</summary>
    public bool IsOurs => Type == $"fuse.{FuseMount.Subtype}";

    /// <summary>Whether nobody serves it any more, as after its process was killed.</summary>
    public bool IsDead()
    {
        // Opening is asked of the process that serves; less could be answered from what the kernel remembers.
        var folder = Libc.Open(Folder, Libc.CloseOnExec);
        if (folder >= 0)
            _ = Libc.Close(folder);
        return folder < 0 && (Errno)Marshal.GetLastPInvokeError() == Errno.ENOTCONN;
    }
}

/// <summary>The system's table of mounts.</summary>
public static partial class MountTable
{
    private const string Table = "/proc/self/mountinfo";

    /// <summary>What is mounted on a folder, the last of several; <see langword="null"/> when nothing is.</summary>
    /// <param name="folder">The folder, by its full path.</param>
    public static MountedFolder? At(string folder) => Read(File.ReadLines(Table)).LastOrDefault(m => m.Folder == folder);

    /// <summary>Reads lines of the table.</summary>
    public static IEnumerable<MountedFolder> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var (fields, dash) = (line.Split(' '), line.IndexOf(" - ", StringComparison.Ordinal));
            if (fields.Length > 6 && dash > 0)
                yield return new MountedFolder(Plain(fields[4]), line[(dash + 3)..].Split(' ')[0], fields[2]);
        }
    }

    /// <summary>Lets the kernel read ahead further than it does by itself, where this process may.</summary>
    public static void ReadAhead(MountedFolder mount, int kibibytes)
    {
        ArgumentNullException.ThrowIfNull(mount);
        var setting = $"/sys/class/bdi/{mount.Device}/read_ahead_kb";
        try
        {
            if (File.Exists(setting))
                File.WriteAllText(setting, kibibytes.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private static string Plain(string escaped) => Octal().Replace(escaped, m => ((char)Convert.ToInt32(m.Value[1..], 8)).ToString());

    [GeneratedRegex(@"\\[0-7]{3}", RegexOptions.None, matchTimeoutMilliseconds: 300_000)]
    private static partial Regex Octal();
}
