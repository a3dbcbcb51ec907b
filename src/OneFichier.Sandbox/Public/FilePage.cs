namespace OneFichier.Sandbox.Public;

/// <summary>A file's public page, in the simple form: it exists, it does not, or it is protected.</summary>
internal static class FilePage
{
    public static Reply Answer(Exchange exchange)
    {
        var id = exchange.Request.QueryString.Value!.TrimStart('?').Split('&')[0];
        lock (exchange.World.Gate)
        {
            var file = exchange.World.Files.GetValueOrDefault(id);
            if (file is null || !OnThisDomain(exchange, file))
                return Reply.Html(Pages.Block("File not found ! The requested file could not be found"), 404);
            if (file.Attributes is { Password: not null } or { Acl: not null })
                return Reply.Html(Pages.Block("Access to this file is protected"));
            return Reply.Html(Pages.Page(
                Pages.Escape(file.Name),
                $"<table class=\"premium\"><tr><td>Filename :</td><td>{Pages.Escape(file.Name)}</td></tr><tr><td>Size :</td><td>{file.Content.Size}</td></tr></table>"
                + "\n<form method=\"post\"><input type=\"hidden\" name=\"adz\" value=\"0\"></form>"));
        }
    }

    private static bool OnThisDomain(Exchange exchange, StoredFile file)
    {
        var host = exchange.Request.Host.Host;
        var named = Array.FindIndex(Links.Domains, d => d.Equals(host, StringComparison.OrdinalIgnoreCase));
        return named < 0 || named == (file.Attributes?.Domain ?? 0);
    }
}
