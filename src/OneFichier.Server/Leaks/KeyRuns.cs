using System.Buffers;
using System.Text;

namespace OneFichier.Server.Leaks;

/// <summary>Something of the length of a key, where nothing of its kind stands before or behind it.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Value">What it says, decoded.</param>
/// <param name="IsEncoded">Whether it stands there as Base64.</param>
internal readonly record struct KeyRun(int Start, int End, string Value, bool IsEncoded = false);

/// <summary>Finds the runs of a text that may be keys: plain, behind <c>NAME=</c>, behind an escape, percent-encoded or as Base64.</summary>
internal static class KeyRuns
{
    private const int LongestRun = 300;
    private const int Base64Length = 44;
    private static readonly SearchValues<char> OfKey = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=-");

    public static IEnumerable<KeyRun> In(string text, int from, int to)
    {
        for (var at = Next(text, from); at < to; at = Next(text, at))
        {
            var end = End(text, at);
            if (end - at <= LongestRun && Candidate(text, AfterEscape(text, at, end), end) is { } run)
                yield return run;
            at = end;
        }
    }

    private static int Next(string text, int from) => text.AsSpan(from).IndexOfAny(OfKey) is >= 0 and var skipped ? from + skipped : text.Length;

    private static int End(string text, int from) => text.AsSpan(from).IndexOfAnyExcept(OfKey) is >= 0 and var length ? from + length : text.Length;

    private static KeyRun? Candidate(string text, int start, int end)
    {
        if (IsEquals(text, end) && Percent(text, start, end) is { } percent)
            return percent;
        if (Fitting(start, end, text, KeyShape.Length) is { } plain)
            return new KeyRun(plain, end, text[plain..end]);
        if (Fitting(start, end, text, Base64Length) is { } encoded && Decoded(text.AsSpan(encoded, Base64Length)) is { } value)
            return new KeyRun(encoded, end, value, IsEncoded: true);
        return null;
    }

    /// <summary>Where the last characters of a run begin that may stand for themselves: it is just as long, or an equals sign is before them, or the sign of a default, as in <c>${NAME:-…}</c>.</summary>
    private static int? Fitting(int start, int end, string text, int length) =>
        end - start == length || (end - start > length && (text[end - length - 1] == '=' || IsDefault(text, end - length - 1))) ? end - length : null;

    private static bool IsDefault(string text, int at) => text[at] == '-' && at > 0 && text[at - 1] == ':';

    private static int AfterEscape(string text, int start, int end)
    {
        var before = start == 0 ? ' ' : text[start - 1];
        var skip = (before, text[start]) switch
        {
            ('\\', 'n' or 'r' or 't') => 1,
            ('\\', 'x') => 3,
            ('\\', 'u') => 5,
            ('%', _) => 2,
            _ => 0,
        };
        return Math.Min(start + skip, end);
    }

    private static string? Decoded(ReadOnlySpan<char> base64)
    {
        Span<byte> bytes = stackalloc byte[Base64Length];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length))
            return null;
        var value = Encoding.Latin1.GetString(bytes[..length]).TrimEnd('\r', '\n');
        return value.Length == KeyShape.Length && value.All(KeyShape.IsOf) ? value : null;
    }

    /// <summary>A key whose equals signs are written %3D.</summary>
    private static KeyRun? Percent(string text, int start, int end)
    {
        var value = new StringBuilder().Append(text, start, end - start);
        var first = end - start;
        while (value.Length < LongestRun && IsEquals(text, end))
        {
            var rest = End(text, end + 3);
            value.Append('=').Append(text, end + 3, rest - end - 3);
            end = rest;
        }

        var skip = value.Length - KeyShape.Length;
        return skip == 0 || (skip > 0 && skip <= first && value[skip - 1] == '=') ? new KeyRun(start + skip, end, value.ToString(skip, KeyShape.Length)) : null;
    }

    private static bool IsEquals(string text, int at) => at + 3 <= text.Length && text.AsSpan(at, 3).Equals("%3D", StringComparison.OrdinalIgnoreCase);
}
