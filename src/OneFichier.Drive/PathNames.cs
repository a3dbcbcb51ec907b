using System.Text;
using OneFichier.Names;

namespace OneFichier.Drive;

/// <summary>
/// Between a name of the service and a segment of a path. A decoded name may hold a slash (it is stored as U+FF0F); a segment may not, so there it stays U+FF0F,
/// as rclone shows it, and a true U+FF0F is quoted with U+201B. Names without either are the same in both.
/// </summary>
internal static class PathNames
{
    private const char Quote = '\u201B';
    private const char FullSlash = '\uFF0F';

    public static string ToSegment(string name)
    {
        if (name.Length == 0)
            return Quote.ToString();
        if (!name.AsSpan().ContainsAny('/', FullSlash))
            return name;
        var segment = new StringBuilder(name.Length + 2);
        foreach (var c in name)
        {
            if (c is Quote or FullSlash)
                segment.Append(Quote);
            segment.Append(c == '/' ? FullSlash : c);
        }

        return segment.ToString();
    }

    /// <returns>Why nothing of that path can be stored; <see langword="null"/> when all its names are short enough.</returns>
    public static FichierException? TooLong(VolumePath path) => path.Segments.Select(s => ServiceName.TooLong(ToName(s))).FirstOrDefault(e => e is not null);

    public static string ToName(string segment)
    {
        if (!segment.Contains(FullSlash, StringComparison.Ordinal))
            return segment;
        var name = new StringBuilder(segment.Length);
        for (var i = 0; i < segment.Length; i++)
        {
            var quoted = segment[i] == Quote && i + 1 < segment.Length && segment[i + 1] is Quote or FullSlash;
            i += quoted ? 1 : 0;
            name.Append(!quoted && segment[i] == FullSlash ? '/' : segment[i]);
        }

        return name.ToString();
    }
}
