using System.Net;

namespace OneFichier.Sandbox;

/// <summary>HTML pages, no prettier than a client needs.</summary>
internal static class Pages
{
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    public static string Page(string title, string body) =>
        $"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{title}</title></head>\n<body>\n{body}\n</body></html>\n";

    /// <summary>A page whose message is in the first filled block, as the nodes and file pages have it.</summary>
    public static string Block(string message) =>
        Page("1fichier.com: Cloud Storage", $"<div class=\"bloc2\"></div>\n<div class=\"bloc2\">{Escape(message)}</div>");
}
