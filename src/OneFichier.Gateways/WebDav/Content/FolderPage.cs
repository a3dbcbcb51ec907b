using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>A folder for people with browsers: names to click on, and nothing that runs.</summary>
internal static class FolderPage
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static async Task SendAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (!request.Urls.AsFolder && !request.Path.IsRoot)
        {
            request.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            request.Response.Headers.Location = request.Urls.Href(request.Path, isFolder: true);
            return;
        }

        var page = Encoding.UTF8.GetBytes(Page(request, await request.Volume.ListAsync(request.Path, cancellationToken)));
        request.Response.ContentType = "text/html; charset=utf-8";
        request.Response.ContentLength = page.Length;
        request.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        request.Response.Headers.XContentTypeOptions = "nosniff";
        request.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!HttpMethods.IsHead(request.Method))
            await request.Response.Body.WriteAsync(page, cancellationToken);
    }

    private static string Page(DavRequest request, FolderContents contents)
    {
        var title = Html.Encode("/" + request.Path);
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(title)
            .Append("</title><style>body{font-family:sans-serif}td{padding:.1em 1em .1em 0}.n{text-align:right}</style></head><body><h1>").Append(title).Append("</h1>");
        if (ListingNote.Of(contents) is { } note)
            page.Append("<p><strong>").Append(Html.Encode(note)).Append("</strong></p>");
        page.Append("<table>");
        if (!request.Path.IsRoot)
            Row(page, request.Urls.Href(request.Path.Parent, isFolder: true), "..", null);
        foreach (var entry in contents.Addressable())
            Row(page, request.Urls.Href(entry.Path, entry.IsFolder), entry.IsFolder ? entry.Name + "/" : entry.Name, entry);
        return page.Append("</table></body></html>\n").ToString();
    }

    private static void Row(StringBuilder page, string href, string name, Entry? entry) => page
        .Append("<tr><td><a href=\"").Append(Html.Encode(href)).Append("\">").Append(Html.Encode(name)).Append("</a></td><td class=\"n\">")
        .Append(entry is { IsFolder: false } ? entry.Size.ToString("N0", CultureInfo.InvariantCulture) : "").Append("</td><td>")
        .Append(entry?.ModTime?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Append("</td></tr>");
}
