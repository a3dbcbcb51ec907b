using System.Text;

namespace OneFichier.Drive.Local;

/// <summary>
/// Between a name on a Unix disk and a segment of a path, so that a tree has the same names whether rclone or this program read it from the disk (docs/spec/local-volume.md). A disk cannot hold a slash, a
/// NUL, or the names <c>.</c> and <c>..</c>, so look-alikes stand for them, and true look-alikes are quoted.
/// </summary>
internal static class DiskName
{
    private const char Quote = '\u201B';
    private const char FullSlash = '\uFF0F';
    private const char NullSymbol = '\u2400';

    /// <summary>The name on the disk; <see langword="null"/> for a name that no disk can hold, because it is no Unicode.</summary>
    public static string? Encode(string segment) => PathNames.ToName(segment) switch
    {
        "." => "\uFF0E",
        ".." => "\uFF0E\uFF0E",
        "\uFF0E" => "\u201B\uFF0E",
        "\uFF0E\uFF0E" => "\u201B\uFF0E\u201B\uFF0E",
        var name when HasLoneSurrogate(name) => null,
        var name => name.AsSpan().ContainsAny("/\0\uFF0F\u2400\u201B") ? Rewrite(name) : name,
    };

    /// <summary>The segment shown for a name on the disk. A quote that quotes nothing stands for itself, so two names can come to one segment; <see cref="Encode"/> gives the better of them.</summary>
    public static string Decode(string diskName) => PathNames.ToSegment(diskName switch
    {
        "\uFF0E" => ".",
        "\uFF0E\uFF0E" => "..",
        "\u201B\uFF0E" => "\uFF0E",
        "\u201B\uFF0E\u201B\uFF0E" => "\uFF0E\uFF0E",
        _ => diskName.AsSpan().ContainsAny(Quote, FullSlash, NullSymbol) ? Read(diskName) : diskName,
    });

    /// <summary>Whether several names on a disk may be shown as this segment.</summary>
    public static bool IsAmbiguous(string segment) => segment.Contains(Quote, StringComparison.Ordinal);

    private static string Rewrite(string name)
    {
        var disk = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (c is Quote or FullSlash or NullSymbol)
                disk.Append(Quote);
            disk.Append(c switch { '/' => FullSlash, '\0' => NullSymbol, _ => c });
        }

        return disk.ToString();
    }

    private static string Read(string diskName)
    {
        var name = new StringBuilder(diskName.Length);
        for (var i = 0; i < diskName.Length; i++)
        {
            if (diskName[i] == Quote && i + 1 < diskName.Length && diskName[i + 1] is Quote or FullSlash or NullSymbol)
                name.Append(diskName[++i]);
            else
                name.Append(diskName[i] switch { FullSlash => '/', NullSymbol => '\0', var c => c });
        }

        return name.ToString();
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> name)
    {
        while (name.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (at + 1 == name.Length || !char.IsSurrogatePair(name[at], name[at + 1]))
                return true;
            name = name[(at + 2)..];
        }

        return false;
    }
}
