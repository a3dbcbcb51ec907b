using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Public;

/// <summary>The public address of a shared folder.</summary>
internal static class SharePage
{
    public static async Task<Reply> AnswerAsync(Exchange exchange)
    {
        var form = exchange.Request.HasFormContentType ? await exchange.Request.ReadFormAsync(exchange.Aborted) : FormCollection.Empty;
        var id = exchange.Request.Path.Value!.TrimEnd('/').Split('/')[^1];
        lock (exchange.World.Gate)
        {
            var folder = exchange.World.Folders.Values.FirstOrDefault(f => f.ShareId == id);
            if (folder is null)
                return Reply.Html(Pages.Block("The requested folder could not be found"), 404);
            if (folder.SharePassword is { } password && form["pass"].ToString() != password)
                return Reply.Html(Pages.Page("Protected", "<form method=\"post\"><input type=\"password\" name=\"pass\"></form>"));
            var json = exchange.Request.Query["json"] == "1" || form["json"] == "1";
            return json ? Json(exchange.World, folder) : Html(exchange.World, folder);
        }
    }

    private static Reply Json(World world, StoredFolder folder)
    {
        var array = new JsonArray([.. world.Listed(folder).Select(f => JsonShuffle.Shuffled(
            new JsonObject
            {
                ["filename"] = f.Name,
                ["link"] = f.File.Link,
                ["size"] = f.File.Content.Size,
                ["password"] = f.File.Attributes?.Password is null ? 0 : 1,
                ["acl"] = f.File.Attributes?.Acl is null ? 0 : 1,
            },
            world.Ids))]);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            array.WriteTo(writer);
        return new Reply { ContentType = "application/json; charset=utf-8", Bytes = bytes.ToArray() };
    }

    private static Reply Html(World world, StoredFolder folder)
    {
        var rows = new StringBuilder();
        foreach (var (file, name) in world.Listed(folder))
            rows.Append($"<tr><td><a href=\"{file.Link}\">{Pages.Escape(name)}</a></td><td>{file.Content.Size}</td></tr>\n");
        return Reply.Html(Pages.Page(Pages.Escape(folder.Name), $"<table class=\"premium\">\n{rows}</table>"));
    }
}
