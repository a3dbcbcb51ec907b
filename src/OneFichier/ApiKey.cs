using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OneFichier;

/// <summary>
/// The key of an account, made on the Parameters page of the service. It opens everything the account holds, so it never shows itself:
/// <see cref="ToString"/> gives four characters of each end, and only <see cref="Reveal"/> gives the whole.
/// </summary>
public sealed class ApiKey : IEquatable<ApiKey>
{
    /// <summary>The page of the service where a key is made and revoked.</summary>
    public const string PageUrl = "https://1fichier.com/console/params.pl";

    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <summary>Whether the key has the shape seen so far: 32 characters of <c>A-Z a-z 0-9 _ = -</c>. Another shape may still work.</summary>
    public bool HasUsualShape => _value.Length == 32 && _value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '=' or '-');

    /// <summary>Sixteen hexadecimal digits that tell keys apart and give nothing of the key away.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("1fichier key " + _value)).AsSpan(0, 8));

    /// <summary>Reads a key as a person pastes it: white space and quotes around it are dropped.</summary>
    /// <exception cref="FormatException">The text cannot be a key: empty, blanks inside, an address, control or non-ASCII characters.</exception>
    public static ApiKey Parse(string text) =>
        TryParse(text, out var key, out var problem) ? key : throw new FormatException(problem);

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">What was pasted.</param>
    /// <param name="key">The key, when the text can be one.</param>
    /// <param name="problem">Why it cannot be one, in words for a person; never contains the text itself.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKey? key, [NotNullWhen(false)] out string? problem)
    {
        var trimmed = Trim(text);
        problem = Refusal(trimmed);
        key = problem is null ? new ApiKey(trimmed) : null;
        return key is not null;
    }

    /// <summary>Whether <see cref="Parse"/> would drop something around the key.</summary>
    public static bool NeedsTrimming(string text) => !string.Equals(Trim(text), text, StringComparison.Ordinal);

    /// <summary>The whole key. Call it only to store the key or to send it to the service.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(ApiKey? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ApiKey);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>The key masked, as <c>abcd…wxyz</c>; a short one is masked whole.</summary>
    public override string ToString() => _value.Length < 16 ? "…" : $"{_value[..4]}…{_value[^4..]}";

    private static string Trim(string? text) =>
        (text ?? "").Trim().Trim('\uFEFF', '"', '\'', '`', '“', '”', '‘', '’', '«', '»').Trim();

    private static string? Refusal(string text) => text switch
    {
        "" => "The key is empty.",
        _ when text.Any(char.IsWhiteSpace) => "A key has no blanks inside; paste the key alone.",
        _ when text.Contains("://", StringComparison.Ordinal) || text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) =>
            "This is a web address, not a key.",
        _ when text.Contains('@', StringComparison.Ordinal) => "This is a mail address, not a key.",
        _ when text.Any(c => c is < '!' or > '~') => "A key has only plain ASCII characters.",
        _ when text.Length < 8 => "This is too short to be a key.",
        _ when text.Length > 512 => "This is too long to be a key.",
        _ => null,
    };
}
