using System.Text.RegularExpressions;

namespace OneFichier.Drive.Crypt;

/// <summary>
/// The names <c>.</c> and <c>..</c> before a suffix: they are stored with full-width stops, as rclone does. A name that looks like that already gets one quote more, so that each comes back as it was.
/// </summary>
internal static partial class DotName
{
    private const string Stop = "\uFF0E";
    private const string QuotedStop = "\u201B\uFF0E";

    public static string Store(string name) => name switch
    {
        "." => Stop,
        ".." => Stop + Stop,
        _ when Stops().IsMatch(name) => name.Replace(Stop, QuotedStop, StringComparison.Ordinal),
        _ => name,
    };

    public static string Read(string stored) => stored switch
    {
        Stop => ".",
        Stop + Stop => "..",
        _ when Stops().IsMatch(stored) => stored.Replace(QuotedStop, Stop, StringComparison.Ordinal),
        _ => stored,
    };

    [GeneratedRegex("^(?<quotes>\u201B*)\uFF0E(\\k<quotes>\uFF0E)?\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 300_000)]
    private static partial Regex Stops();
}
