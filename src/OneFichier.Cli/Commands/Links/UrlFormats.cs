using System.Net;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>Links as other programs read them: what stands before all of them, each, and what stands after.</summary>
internal sealed record UrlFormat(Func<UrlShape, string> Item, string Head = "", string Tail = "");

/// <summary>The formats by name.</summary>
internal static class UrlFormats
{
    private const string Crawljob = "# JDownloader: save as links.crawljob in its folderwatch folder.\n";
    private const string Page = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>1fichier</title>\n<ul>\n";

    private static readonly Dictionary<string, UrlFormat> Direct = new()
    {
        ["text"] = new(u => u.Url + "\n"),
        ["json"] = new(_ => ""),
        ["csv"] = new(u => Row(u.Path, u.Link, u.Url, $"{u.Expires:O}", $"{u.Size}", u.Whirlpool ?? ""), "path,link,url,expires,size,whirlpool\r\n"),
        ["aria2"] = new(u => u.Name is { } name ? $"{u.Url}\n  out={Plain(name)}\n" : u.Url + "\n"),
        ["m3u"] = new(u => $"#EXTINF:-1,{Plain(u.Below)}\n{u.Url}\n", "#EXTM3U\n"),
        ["crawljob"] = new(Job, Crawljob),
        ["wget"] = new(u => u.Url + "\n"),
        ["sh"] = new(Fetch),
        ["markdown"] = new(Bullet),
        ["html"] = new(Row, Page, "</ul>\n"),
        ["strm"] = new(u => u.Url + "\n"),
    };

    private static readonly Dictionary<string, UrlFormat> Pages = new()
    {
        ["text"] = Direct["text"],
        ["json"] = Direct["json"],
        ["csv"] = new(u => Row(u.Path, u.Link, $"{u.Size}", u.Whirlpool ?? ""), "path,link,size,whirlpool\r\n"),
        ["crawljob"] = Direct["crawljob"],
        ["markdown"] = Direct["markdown"],
        ["html"] = Direct["html"],
    };

    /// <summary>The formats of direct links.</summary>
    public static IEnumerable<string> Names => Direct.Keys;

    /// <summary>The formats of page links.</summary>
    public static IEnumerable<string> PageNames => Pages.Keys;

    public static UrlFormat Of(string name) => Direct[name];

    public static UrlFormat OfPages(string name) => Pages[name];

    // A line break in a name would begin a line of its own, with options of the reader's.
    private static string Plain(string text) => Escaping.Visible(text);

    // RFC 4180: quotes double, and around all that could be taken for something else.
    private static string Row(params ReadOnlySpan<string> fields)
    {
        var row = "";
        foreach (var field in fields)
            row += (row.Length > 0 ? "," : "") + (field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"")}\"" : field);

        return row + "\r\n";
    }

    /// <summary>JDownloader reads \ as the beginning of an escape; the page link lasts, so it is what is named.</summary>
    private static string Job(UrlShape url)
    {
        var package = url.Below.LastIndexOf('/') is > 0 and var cut ? $"packageName={Value(url.Below[..cut].Replace('/', ' '))}\n" : "";
        var name = url.Name is null ? "" : $"filename={Value(url.Below[(url.Below.LastIndexOf('/') + 1)..])}\n";
        return $"->NEW ENTRY<-\ntext={url.Link}\n{name}{package}autoStart=TRUE\nautoConfirm=TRUE\n\n";
    }

    private static string Value(string text) => Plain(text).Replace("\\", "\\\\");

    private static string Fetch(UrlShape url)
    {
        if (url.Name is not { } name)
            return $"wget -c --content-disposition {Quoted(url.Url)}\n";

        var folder = name.LastIndexOf('/') is > 0 and var cut ? $"mkdir -p {Quoted("./" + name[..cut])} && " : "";
        return $"{folder}wget -c -O {Quoted("./" + name)} {Quoted(url.Url)}\n";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''")}'";

    private static string Bullet(UrlShape url) =>
        $"- [{string.Concat(Plain(url.Below).Select(c => "\\`*_[]<>&#|~".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"))}](<{url.Url}>)\n";

    private static string Row(UrlShape url) => $"<li><a href=\"{WebUtility.HtmlEncode(url.Url)}\">{WebUtility.HtmlEncode(url.Below)}</a>\n";
}
