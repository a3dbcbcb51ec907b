using System.Globalization;

namespace OneFichier.Drive.Migration;

/// <summary>A line of a list of addresses.</summary>
/// <param name="Line">Its number, from one.</param>
/// <param name="Address">The address.</param>
public sealed record ListedAddress(int Line, Uri Address)
{
    /// <summary>Where it goes below the target, where the line says so.</summary>
    public VolumePath? Path { get; init; }

    /// <summary>Bytes, where the line says so.</summary>
    public long? Size { get; init; }

    /// <summary>The checksum, where the line says so.</summary>
    public WhirlpoolHash? Checksum { get; init; }
}

/// <summary>
/// Lists of addresses: a line each, <c>URL [TAB name] [TAB size] [TAB whirlpool]</c>. Empty lines and those that begin with # say nothing; a name may have folders in it, and an empty
/// field is one that is not given.
/// </summary>
public static class UrlList
{
    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">A line cannot be read; the message says which and why.</exception>
    public static IReadOnlyList<ListedAddress> Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var listed = new List<ListedAddress>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.AsSpan().Trim() is { Length: > 0 } text && text[0] != '#')
                listed.Add(Parse(number, line.Split('\t')));
        }

        return listed;
    }

    /// <summary>The name an address has by itself: the last part of its path.</summary>
    public static string NameOf(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var last = address.AbsolutePath.TrimEnd('/');
        return Uri.UnescapeDataString(last[(last.LastIndexOf('/') + 1)..]).Replace('/', '\uFF0F');
    }

    private static ListedAddress Parse(int number, string[] fields)
    {
        if (fields.Length > 4)
            throw new FormatException($"Line {number} has {fields.Length} fields; there are URL, name, size and checksum, with a tab between them.");
        if (!Uri.TryCreate(fields[0].Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new FormatException($"Line {number} begins with no http or https address.");

        return new ListedAddress(number, address)
        {
            Path = Field(fields, 1) is { } name ? PathOf(number, name) : null,
            Size = Field(fields, 2) is not { } size ? null : long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw new FormatException($"Line {number}: '{size}' is no number of bytes."),
            Checksum = Field(fields, 3) is not { } digits ? null : WhirlpoolHash.TryParse(digits, out var sum) ? sum : throw new FormatException($"Line {number}: the checksum is not one of Whirlpool, which has 128 hexadecimal digits."),
        };
    }

    private static VolumePath PathOf(int number, string name)
    {
        try
        {
            var path = VolumePath.Parse(name.Trim('/'));
            return path is { IsRoot: false, HasDotSegments: false } ? path : throw new FormatException($"Line {number}: the name '{name}' is none; . and .. lead nowhere.");
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"Line {number}: the name '{name}' is none.", e);
        }
    }

    private static string? Field(string[] fields, int at) => fields.Length > at && fields[at].Trim() is { Length: > 0 } text ? text : null;
}
