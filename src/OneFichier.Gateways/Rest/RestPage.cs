using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.Rest;

/// <summary>The calls for people with browsers.</summary>
internal static class RestPage
{
    private const string Style = "body{font-family:system-ui,sans-serif;margin:2em;max-width:60em;line-height:1.5}code,pre{background:#8882;padding:.1em .3em}dt{font-weight:bold}h2{margin:1.2em 0 0;font-size:1em}";

    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    public static string Of(HttpRequest request)
    {
        var root = Html.Encode($"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}");
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>fichier: REST</title><style>").Append(Style)
            .Append("</style></head>\n<body><h1>The simple API of this gateway</h1>\n<p>Parameters may stand in the query, a form or a JSON object. Every answer is JSON: <code>status</code> is OK, ")
            .Append("or KO with a <code>message</code>. The same as a document for programs: <a href=\"openapi.json\">openapi.json</a>.</p>\n<pre>curl -H 'Authorization: Bearer SECRET' ")
            .Append(root).Append("/folder/list.cgi?path=/\ncurl -H 'Authorization: Bearer SECRET' -F file=@film.mkv -F folder=/films ").Append(root).Append("/upload.cgi</pre>\n");
        foreach (var call in RestCalls.All)
            Add(page, call);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Add(StringBuilder page, RestCall call)
    {
        page.Append("<h2><code>").Append(call.Changes ? "POST" : "GET").Append(" /").Append(Html.Encode(call.Path)).Append("</code></h2>\n<p>").Append(Html.Encode(call.Summary)).Append("</p>\n<ul>");
        foreach (var parameter in call.Parameters)
            page.Append("<li><code>").Append(Html.Encode(parameter.Name)).Append("</code> ").Append(Html.Encode(parameter.Meaning)).Append("</li>");
        page.Append("</ul>\n");
    }
}
