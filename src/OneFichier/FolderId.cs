using System.Diagnostics.CodeAnalysis;

namespace OneFichier;

/// <summary>The number of a folder. It is kept in 64 bits, since nothing bounds it to fewer (1fichier-api §11.15).</summary>
/// <param name="Value">0 for the root; seven digits and more for the others.</param>
public readonly record struct FolderId(long Value)
{
    /// <summary>The root of the account.</summary>
    public static FolderId Root => default;

    /// <summary>Stands for the whole account in <c>file/ls</c>; the service allows it once an hour (§2).</summary>
    public static FolderId WholeAccount => new(-1);

    /// <summary>Reads a number of zero or more.</summary>
    /// <exception cref="FormatException">The text is no folder number.</exception>
    public static FolderId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"Not a folder number: '{text}'.");

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FolderId id)
    {
        var ok = long.TryParse(text, System.Globalization.NumberStyles.None, null, out var value);
        id = ok ? new FolderId(value) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
