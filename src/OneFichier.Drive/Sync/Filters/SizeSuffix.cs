using System.Globalization;

namespace OneFichier.Drive.Sync;

/// <summary>
/// Sizes as rclone writes them: a number with <c>B</c>, <c>K</c>, <c>M</c>, <c>G</c>, <c>T</c>, <c>P</c> or <c>E</c>, in powers of 1024, also as <c>Ki</c> or <c>KiB</c>;
/// without a suffix KiB.
/// </summary>
public static class SizeSuffix
{
    private const string Units = "BKMGTPE";

    /// <summary>Reads a size in bytes; <see langword="null"/> for <c>off</c>.</summary>
    /// <exception cref="FormatException">The text is no size.</exception>
    public static long? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            return null;
        var (digits, unit) = Split(text);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < 0)
            throw NoSize(text);
        var bytes = number * Math.Pow(1024, unit);
        return bytes < long.MaxValue ? (long)bytes : throw new FormatException($"'{text}' is more than any file can have.");
    }

    private static (string Digits, int Unit) Split(string text)
    {
        var upper = text.ToUpperInvariant();
        var tail = upper.EndsWith("IB", StringComparison.Ordinal) ? 2 : upper.EndsWith('I') ? 1 : 0;
        if (tail == 0 && upper.Length > 0 && (char.IsAsciiDigit(upper[^1]) || upper[^1] == '.'))
            return (upper, 1);
        var at = upper.Length - tail - 1;
        var unit = at >= 0 ? Units.IndexOf(upper[at], StringComparison.Ordinal) : -1;
        return unit < 0 || (unit == 0 && tail > 0) ? throw NoSize(text) : (upper[..at], unit);
    }

    private static FormatException NoSize(string text) => new($"'{text}' is no size. One looks like 100, 512K, 1.5G or 10MiB; without a suffix it counts KiB.");
}
