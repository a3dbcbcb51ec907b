using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneFichier.Cli.Terminal;

/// <summary>
/// The last thing text goes through before it leaves the program by standard error or a log: every form of a secret it has been told of is masked,
/// plain, in an address, in JSON, and inside Basic credentials; so is whatever stands in an <c>Authorization</c> header.
/// </summary>
internal sealed partial class Redactor
{
    private readonly Lock _gate = new();
    private volatile (string Form, string Mask)[] _forms = [];

    /// <summary>Masks a key, or the text that was meant to be one, from now on.</summary>
    public void Hide(string? secret)
    {
        var text = (secret ?? "").Trim();
        if (text.Length < 4)
            return;

        var mask = ApiKey.TryParse(text, out var key, out _) ? key.ToString() : "…";
        lock (_gate)
        {
            var known = _forms.Select(f => f.Form).ToHashSet(StringComparer.Ordinal);
            var fresh = FormsOf(text).Where(f => f.Length >= 4 && known.Add(f)).Select(f => (f, mask));
            _forms = [.. _forms.Concat(fresh).OrderByDescending(f => f.Item1.Length)];
        }
    }

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        foreach (var (form, mask) in _forms)
            text = text.Replace(form, mask, StringComparison.OrdinalIgnoreCase);

        return text.Contains("bearer", StringComparison.OrdinalIgnoreCase) || text.Contains("basic", StringComparison.OrdinalIgnoreCase)
            ? Credentials().Replace(text, "${scheme} …")
            : text;
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JsonEncodedText.Encode(secret).ToString();
        for (var shift = 0; shift < 3; shift++)
        {
            var core = Base64Core(secret, shift);
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }
    }

    // Base64 of "user:key" depends on the length of what stands before the key, modulo three, but for the digits shared with neighbours.
    private static string Base64Core(string secret, int shift)
    {
        var bytes = new byte[shift + Encoding.UTF8.GetByteCount(secret)];
        Encoding.UTF8.GetBytes(secret, bytes.AsSpan(shift));
        var skipped = shift == 0 ? 0 : shift + 1;
        var whole = bytes.Length / 3 * 4 + bytes.Length % 3;
        return Convert.ToBase64String(bytes)[skipped..whole];
    }

    [GeneratedRegex(@"\b(?<scheme>bearer|basic)\s+(?!…)[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex Credentials();
}
