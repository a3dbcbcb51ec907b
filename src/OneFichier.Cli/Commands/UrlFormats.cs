using System.Net;
using System.Text;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Direct links as other programs read them.</summary>
internal static class UrlFormats
{
    private static readonly Dictionary<string, Func<IReadOnlyList<UrlShape>, string>> Formats = new()
    {
        ["text"] = urls => Lines(urls, u => u.Url),
        ["json"] = _ => "",
        ["csv"] = urls => "path,link,url,expires,size,whirlpool\r\n" + string.Concat(urls.Select(Csv)),
        ["aria2"] = urls => Lines(urls, u => $"{u.Url}\n  out={Plain(u.Below)}"),
        ["m3u"] = urls => "#EXTM3U\n" + Lines(urls, u => $"#EXTINF:-1,{Plain(u.Below)}\n{u.Url}"),
        ["crawljob"] = urls => string.Join("\n", urls.Select(u => $"text={u.Link}\nfilename={Plain(LeafOf(u.Below))}\nautoStart=TRUE\n")),
        ["wget"] = urls => Lines(urls, u => $"wget -c -O {Quoted(LeafOf(u.Below))} {Quoted(u.Url)}"),
        ["html"] = Html,
        ["strm"] = urls => Lines(urls, u => u.Url),
    };

    public static IEnumerable<string> Names => Formats.Keys;

    public static string Write(string format, IReadOnlyList<UrlShape> urls) => Formats[format](urls);

    private static string Lines(IEnumerable<UrlShape> urls, Func<UrlShape, string> line) => string.Concat(urls.Select(u => line(u) + "\n"));

    private static string LeafOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    // A line break in a name would begin a line of its own, with options of the reader's.
    private static string Plain(string text) => Escaping.Visible(text);

    // RFC 4180: quotes double, and around all that could be taken for something else.
    private static string Csv(UrlShape url) =>
        string.Join(',', new[] { url.Path, url.Link, url.Url, $"{url.Expires:O}", $"{url.Size}", url.Whirlpool ?? "" }.Select(CsvField)) + "\r\n";

    private static string CsvField(string text) => text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''")}'";

    private static string Html(IReadOnlyList<UrlShape> urls)
    {
        var page = new StringBuilder("<!doctype html>\n<meta charset=\"utf-8\">\n<title>1fichier</title>\n<ul>\n");
        foreach (var url in urls)
            page.Append($"<li><a href=\"{WebUtility.HtmlEncode(url.Url)}\">{WebUtility.HtmlEncode(url.Below)}</a>\n");

        return page.Append("</ul>\n").ToString();
    }
}
