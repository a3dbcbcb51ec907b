using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>In what order a page shows a folder: sub-folders first, then by name, size or time.</summary>
/// <param name="By">One of <c>name</c>, <c>size</c>, <c>time</c>.</param>
/// <param name="Descending">Whether the last comes first.</param>
internal sealed record ListingOrder(string By, bool Descending)
{
    /// <summary>What <c>?sort=</c> and <c>?order=</c> say; anything else is by name.</summary>
    public static ListingOrder Of(IQueryCollection query) =>
        new(query["sort"].ToString() is "size" or "time" ? query["sort"].ToString() : "name", query["order"].ToString() == "desc");

    /// <summary>The query that a column's heading asks for: the column, turned round where it is the order already.</summary>
    public string Heading(string column) => $"?sort={column}&order={(By == column && !Descending ? "desc" : "asc")}";

    public IEnumerable<Entry> Sorted(IEnumerable<Entry> entries)
    {
        var foldersFirst = entries.OrderByDescending(e => e.IsFolder);
        var sorted = By switch
        {
            "size" => Descending ? foldersFirst.ThenByDescending(e => e.Size) : foldersFirst.ThenBy(e => e.Size),
            "time" => Descending ? foldersFirst.ThenByDescending(Time) : foldersFirst.ThenBy(Time),
            _ => Descending ? foldersFirst.ThenByDescending(e => e.Name, StringComparer.OrdinalIgnoreCase) : foldersFirst.ThenBy(e => e.Name, StringComparer.OrdinalIgnoreCase),
        };
        return sorted.ThenBy(e => e.Name, StringComparer.Ordinal);
    }

    private static DateTimeOffset? Time(Entry entry) => entry.ModTime ?? entry.Created;
}
