using System.Text;
using Microsoft.Extensions.Primitives;

namespace OneFichier.Gateways;

/// <summary>Reads <c>Authorization: Basic</c> (RFC 7617, in UTF-8) and <c>Bearer</c> (RFC 6750).</summary>
internal static class Credentials
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Whether the header can be read; no header can.</returns>
    public static bool TryRead(StringValues header, ref LoginAttempt attempt)
    {
        if (header.Count == 0)
            return true;
        var words = header.Count == 1 ? (header[0] ?? "").Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        if (words.Length != 2)
            return false;
        if (words[0].Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            attempt = attempt with { Secret = words[1] };
            return true;
        }

        return words[0].Equals("Basic", StringComparison.OrdinalIgnoreCase) && TryBasic(words[1], ref attempt);
    }

    private static bool TryBasic(string encoded, ref LoginAttempt attempt)
    {
        try
        {
            var text = Strict.GetString(Convert.FromBase64String(encoded));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                return false;
            attempt = attempt with { User = text[..colon], Secret = text[(colon + 1)..] };
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
