using OneFichier.Cli.Terminal;
using OneFichier.Drive;

namespace OneFichier.Cli.Commands;

/// <summary>Addresses to fetch, as they are typed or stand in a list: the address, and behind tabs, in any order, its checksum, its size and the name the file is to have.</summary>
internal static class RemoteAddress
{
    /// <exception cref="CliException">It is none; no more of it is shown than cannot be secret.</exception>
    public static RemoteSource Parse(string text)
    {
        var columns = text.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (FileLink.TryParse(columns[0], out _) || ShareLink.TryParse(columns[0], out _))
            throw CliException.Usage($"'{Shown(columns[0])}' is on the service already.", "Copy it there: fichier cp LINK 1f:folder");
        if (!Uri.TryCreate(columns[0], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ftp") || address.Host.Length == 0)
            throw CliException.Usage($"'{Shown(columns[0])}' is no address the service could fetch.", "One begins with http://, https:// or ftp://");

        return columns.Skip(1).Aggregate(new RemoteSource(address), With);
    }

    private static RemoteSource With(RemoteSource source, string column) =>
        WhirlpoolHash.TryParse(column, out var checksum) ? source with { Checksum = checksum }
        : long.TryParse(column, System.Globalization.NumberStyles.None, null, out var size) ? source with { Size = size }
        : !column.Contains('/', StringComparison.Ordinal) ? source with { Name = column }
        : throw CliException.Usage($"'{Escaping.Visible(column)}' is no checksum, size or name.", "A line is an address and, behind tabs, a Whirlpool checksum, a size, a name.");

    private static string Shown(string text) => Escaping.Visible(text[..(text.IndexOfAny(['?', '#']) is >= 0 and var end ? end : text.Length)].Split('@')[^1]);
}
