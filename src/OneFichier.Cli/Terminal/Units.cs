using System.Globalization;
using System.Text.RegularExpressions;

namespace OneFichier.Cli.Terminal;

/// <summary>Sizes and durations as rclone writes and reads them.</summary>
internal static partial class Units
{
    private const string Prefixes = "KMGTPE";

    /// <summary>A size for a person: <c>12 B</c>, <c>1.5 GiB</c>.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1024)
            return $"{bytes} B";

        var power = Math.Min((int)Math.Log(bytes, 1024), Prefixes.Length);
        return $"{bytes / Math.Pow(1024, power):0.##} {Prefixes[power - 1]}iB";
    }

    /// <summary>A duration for a person: <c>45s</c>, <c>4m 10s</c>, <c>2h 5m</c>, <c>3d 4h</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: > 0 and < 1 } => $"{time.TotalSeconds:0.#}s",
        { TotalSeconds: < 60 } => $"{Math.Ceiling(time.TotalSeconds)}s",
        { TotalHours: < 1 } => $"{time.Minutes}m {time.Seconds}s",
        { TotalDays: < 1 } => $"{time.Hours}h {time.Minutes}m",
        _ => $"{time.Days}d {time.Hours}h",
    };

    /// <summary>Reads <c>100</c>, <c>10k</c>, <c>1.5G</c>, <c>2MiB</c>: binary prefixes, plain bytes without one.</summary>
    public static bool TryParseSize(string text, out long bytes)
    {
        bytes = 0;
        var match = SizePattern().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        var prefix = match.Groups["prefix"].Value.ToUpperInvariant();
        var value = number * Math.Pow(1024, prefix.Length == 0 ? 0 : Prefixes.IndexOf(prefix[0], StringComparison.Ordinal) + 1);
        bytes = value < long.MaxValue ? (long)value : 0;
        return value < long.MaxValue;
    }

    /// <summary>Reads <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>2d</c>, <c>1w</c>; a bare number is seconds.</summary>
    public static bool TryParseDuration(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
            return false;

        var seconds = 0.0;
        for (var i = 0; i < match.Groups["number"].Captures.Count; i++)
            seconds += double.Parse(match.Groups["number"].Captures[i].ValueSpan, CultureInfo.InvariantCulture) * Seconds(match.Groups["unit"].Captures[i].Value);

        var fits = seconds < TimeSpan.MaxValue.TotalSeconds / 2;
        time = fits ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return fits;
    }

    private static double Seconds(string unit) => unit switch
    {
        "ms" => 0.001,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        "M" => 30 * 86_400,
        "y" => 365 * 86_400,
        _ => 1,
    };

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?)\s*(?<prefix>[kKMGTPE]?)(i?B)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^((?<number>\d+(\.\d+)?)(?<unit>ms|s|m|h|d|w|M|y|$))+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex DurationPattern();
}
