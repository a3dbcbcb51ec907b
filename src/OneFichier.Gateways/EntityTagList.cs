using Microsoft.Extensions.Primitives;

namespace OneFichier.Gateways;

/// <summary>The value of <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110 §13.1): <c>*</c>, or tags, in which commas may stand. What follows something that cannot be read is not looked at.</summary>
internal static class EntityTagList
{
    /// <summary>Whether the list names a state of something that is there.</summary>
    /// <param name="header">The header.</param>
    /// <param name="present">The tag of what is there; it may have none.</param>
    /// <param name="same">How tags are compared.</param>
    public static bool Names(StringValues header, string? present, Func<string, string?, bool> same)
    {
        var text = string.Join(',', header.AsEnumerable());
        return text.Trim() == "*" || Tags(text).Any(tag => same(tag, present));
    }

    private static IEnumerable<string> Tags(string text)
    {
        for (var at = Skip(text, 0); at < text.Length; at = Skip(text, at))
        {
            var open = text.AsSpan(at).StartsWith("W/") ? at + 2 : at;
            var close = open < text.Length && text[open] == '"' ? text.IndexOf('"', open + 1) : -1;
            if (close < 0)
                yield break;
            yield return text[at..(close + 1)];
            at = close + 1;
        }
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && text[at] is (',' or ' ' or '\t'))
            at++;
        return at;
    }
}
