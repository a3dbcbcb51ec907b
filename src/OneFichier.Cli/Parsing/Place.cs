using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Parsing;

/// <summary>What a path on the command line stands for.</summary>
internal abstract record Place(string Text)
{
    public override string ToString() => Text;

    /// <summary>
    /// Reads <c>1f:docs</c>, <c>work:docs</c>, <c>id:3357645</c>, a page link, a share link, <c>-</c>, or a local path.
    /// A colon after a slash, or after a single letter, belongs to a local path.
    /// </summary>
    public static Place Parse(string text)
    {
        if (text == "-")
            return new StandardPlace();

        if (text.Contains("://", StringComparison.Ordinal) || text.Contains("/?", StringComparison.Ordinal) || text.Contains("/dir/", StringComparison.Ordinal))
        {
            if (FileLink.TryParse(text, out var link))
                return new LinkPlace(text, link);

            if (ShareLink.TryParse(text, out var share))
                return new SharePlace(text, share);

            if (text.Contains("://", StringComparison.Ordinal))
                throw CliException.Usage($"'{Escaping.Visible(text)}' is no link of the service.", "A page link looks like https://1fichier.com/?abcdefghij1234567890");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[..colon];
        return name.Length >= 2 && name.All(IsOfName) ? Remote(text, name, text[(colon + 1)..]) : new LocalPlace(text);
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-';

    private static RemotePlace Remote(string text, string name, string rest)
    {
        var path = name == "id" ? Numbered(text) : rest.StartsWith("id:", StringComparison.Ordinal) ? Numbered(rest) : (RemotePath)VolumePath.Parse(rest);
        return !path.Path.HasDotSegments
            ? new RemotePlace(text, name is "id" ? "1f" : name, path)
            : throw CliException.Usage($"'{Escaping.Visible(text)}': . and .. lead nowhere on the service.", "Write the path from the root.");
    }

    private static RemotePath Numbered(string text)
    {
        try
        {
            return RemotePath.Parse(text);
        }
        catch (FormatException e)
        {
            throw CliException.Usage(e.Message, "A folder by number is written id:3357645");
        }
    }
}

/// <summary>Standard input or output.</summary>
internal sealed record StandardPlace() : Place("-");

/// <summary>A path on this machine.</summary>
internal sealed record LocalPlace(string Text) : Place(Text);

/// <summary>A path of an account; <c>1f</c> stands for the account of the run.</summary>
internal sealed record RemotePlace(string Text, string Account, RemotePath Path) : Place(Text)
{
    /// <summary>Whether the text asks for a folder, by a slash at its end.</summary>
    public bool MeansFolder => Path.Path.IsRoot || Text.EndsWith('/');
}

/// <summary>The page link of a file.</summary>
internal sealed record LinkPlace(string Text, FileLink Link) : Place(Text);

/// <summary>The public address of a shared folder.</summary>
internal sealed record SharePlace(string Text, ShareLink Share) : Place(Text);
