using System.Text.RegularExpressions;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// The mark of an old version, as rclone shows it in the names of files (<c>name-v2006-01-02-150405-000.txt</c>): it is never encrypted, so that the versions of an encrypted file can be told.
/// </summary>
internal static partial class VersionMark
{
    private const int Length = 23;

    /// <summary>A name without its mark, and the mark; which is empty when there is none, or when rclone would put it back in another place (<c>-v2006-01-02-150405-000.txt</c>).</summary>
    public static (string Name, string Mark) Split(string name)
    {
        var start = ExtensionStart(name) - Length;
        if (start < 0 || !Mark().IsMatch(name.AsSpan(start, Length)) || !IsTime(name.AsSpan(start, Length)))
            return (name, "");
        var (bare, mark) = (name.Remove(start, Length), name.Substring(start, Length));
        return string.Equals(Join(bare, mark), name, StringComparison.Ordinal) ? (bare, mark) : (name, "");
    }

    /// <summary>A name with a mark put into it.</summary>
    public static string Join(string name, string mark) => mark.Length == 0 ? name : name.Insert(ExtensionStart(name), mark);

    private static int ExtensionStart(string name) => name.LastIndexOf('.') is > 0 and var dot ? dot : name.Length;

    private static bool IsTime(ReadOnlySpan<char> mark)
    {
        var (year, month, day) = (Number(mark[2..6]), Number(mark[7..9]), Number(mark[10..12]));
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month)
            && Number(mark[13..15]) < 24 && Number(mark[15..17]) < 60 && Number(mark[17..19]) < 60;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits);

    [GeneratedRegex(@"^-v[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}-[0-9]{3}\z", RegexOptions.None, matchTimeoutMilliseconds: 300_000)]
    private static partial Regex Mark();
}
