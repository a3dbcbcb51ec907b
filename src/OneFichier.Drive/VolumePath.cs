namespace OneFichier.Drive;

/// <summary>
/// The place of a file or folder in a volume: names from the root downwards, written with '/' between them and none at the ends.
/// </summary>
/// <remarks>
/// Two paths are equal when their characters are: case counts, and Unicode is not normalised. A name is any text without '/', so <c>.</c> and <c>..</c>
/// are names like others (the service stores them encoded) and lead nowhere else; a program that takes paths from a person's hand asks
/// <see cref="HasDotSegments"/> and refuses what was meant as navigation. The default value is the <see cref="Root"/>.
/// </remarks>
public readonly record struct VolumePath
{
    private readonly string? _text;

    private VolumePath(string text) => _text = text.Length == 0 ? null : text;

    /// <summary>The volume itself.</summary>
    public static VolumePath Root => default;

    /// <summary>Whether this is the volume itself.</summary>
    public bool IsRoot => _text is null;

    /// <summary>The last name; empty for the root.</summary>
    public string Name => _text is null ? "" : _text[(_text.LastIndexOf('/') + 1)..];

    /// <summary>The folder this lies in; the root lies in itself.</summary>
    public VolumePath Parent => _text is not null && _text.LastIndexOf('/') is > 0 and var at ? new VolumePath(_text[..at]) : Root;

    /// <summary>The names from the root downwards; none for the root.</summary>
    public IReadOnlyList<string> Segments => _text is null ? [] : _text.Split('/');

    /// <summary>Whether a name in it is <c>.</c> or <c>..</c>.</summary>
    public bool HasDotSegments => Segments.Any(s => s is "." or "..");

    /// <summary>Reads a path. Slashes at the ends are ignored and several in a row count as one; all else is taken as it stands.</summary>
    public static VolumePath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = text.Length > 0 && (text[0] == '/' || text[^1] == '/' || text.Contains("//", StringComparison.Ordinal));
        return new VolumePath(plain ? string.Join('/', text.Split('/', StringSplitOptions.RemoveEmptyEntries)) : text);
    }

    /// <summary>The entry of that name in this folder.</summary>
    /// <exception cref="ArgumentException">The name is empty or contains a slash.</exception>
    public VolumePath Combine(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException($"A name holds no slash: '{name}'.", nameof(name))
            : new VolumePath(_text is null ? name : $"{_text}/{name}");
    }

    /// <summary>What <paramref name="below"/> is when read from this folder.</summary>
    public VolumePath Combine(VolumePath below) =>
        below.IsRoot ? this : IsRoot ? below : new VolumePath($"{_text}/{below._text}");

    /// <summary>Whether this is <paramref name="folder"/> or lies in it, at any depth.</summary>
    public bool IsWithin(VolumePath folder) =>
        folder._text is not { } above || (_text is { } text && text.StartsWith(above, StringComparison.Ordinal) && (text.Length == above.Length || text[above.Length] == '/'));

    /// <summary>The path as it is written: without a leading slash, empty for the root.</summary>
    public override string ToString() => _text ?? "";
}
