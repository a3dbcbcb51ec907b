using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using OneFichier.Drive;

namespace OneFichier.Gateways.Http;

/// <summary>
/// A folder for browsers, and for players and programs that read such pages: a line for each entry, its address relative and its text the very name, times and sizes as other servers
/// write them. Nothing in it runs.
/// </summary>
internal sealed class HtmlListing(VolumePath folder, FolderContents contents, ListingOrder order)
{
    private const string Style =
        "body{font-family:system-ui,sans-serif;margin:2em;line-height:1.5}table{border-collapse:collapse}td,th{padding:.1em 2em .1em 0;text-align:left;white-space:nowrap}"
        + "td:nth-child(3),th:nth-child(3){text-align:right}tr:hover{background:#8881}a{text-decoration:none}p{color:#a40}";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    public override string ToString()
    {
        var title = Html.Encode("/" + folder);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>").Append(title)
            .Append("</title><style>").Append(Style).Append("</style></head>\n<body><h1>").Append(title).Append("</h1>\n");
        foreach (var note in (string[])[.. ListingNote.Of(contents) is { } doubt ? [doubt] : Array.Empty<string>(), .. contents.Notes])
            page.Append("<p>").Append(Html.Encode(note)).Append("</p>\n");
        page.Append("<table><tr>").Append(Heading("name", "Name")).Append(Heading("time", "Time (UTC)")).Append(Heading("size", "Bytes")).Append("</tr>\n");
        if (!folder.IsRoot)
            page.Append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
        foreach (var entry in order.Sorted(contents.Addressable()))
            page.Append(Row(entry));
        return page.Append("</table></body></html>\n").ToString();
    }

    private static string Row(Entry entry)
    {
        var mark = entry.IsFolder ? "/" : "";
        var time = (entry.ModTime ?? entry.Created)?.UtcDateTime.ToString("dd-MMM-yyyy HH:mm", CultureInfo.InvariantCulture);
        var size = entry.IsFolder ? "-" : entry.Size.ToString(CultureInfo.InvariantCulture);
        return $"<tr><td><a href=\"{Html.Encode(Uri.EscapeDataString(entry.Name) + mark)}\">{Html.Encode(entry.Name + mark)}</a></td><td>{time}</td><td>{size}</td></tr>\n";
    }

    private string Heading(string column, string text) => $"<th><a href=\"{Html.Encode(order.Heading(column))}\">{text}</a></th>";
}
