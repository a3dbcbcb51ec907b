using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneFichier.Sandbox.Node;

/// <summary>end.pl: what became of an upload, as HTML, JSON or CSV.</summary>
internal static class EndPage
{
    public static Reply Answer(Exchange exchange)
    {
        lock (exchange.World.Gate)
        {
            var world = exchange.World;
            var report = world.Uploads.Find(exchange.Request.Query["xid"].ToString());
            if (report is null || world.Now - report.Ended > world.Limits.ReportLifetime)
                return Reply.Html(Pages.Block("Aucun envoi ne correspond à cet identifiant"), 404);
            Store(world, report);
            report.Visits++;
            if (exchange.Fault == FaultKind.Wait || report.Visits <= world.Behaviours.WaitPages)
                return Reply.Html(Pages.Page("Veuillez patienter", "<h1>Veuillez patienter / Please wait</h1>"));
            return Formatted(exchange, report);
        }
    }

    /// <summary>Puts what was received where it belongs, if that was not done yet.</summary>
    public static void Store(World world, UploadReport report)
    {
        foreach (var (name, content) in report.Waiting)
        {
            if (report.Folder.Files.Values.Any(f => f.Name == name && f.Content.Size == content.Size && f.Checksum == Convert.ToHexStringLower(content.Checksum)))
                world.Log.SentTwice();
            report.Stored.Add(world.AddFile(report.Folder, name, content, report.Attributes));
        }

        report.Waiting.Clear();
    }

    /// <summary>Drops reports past their time; what was never stored is lost with them.</summary>
    public static void ForgetOld(World world)
    {
        if (world.Limits.ReportLifetime is not { } lifetime)
            return;
        foreach (var (_, content) in world.Uploads.Forget(world.Now - lifetime).SelectMany(r => r.Waiting))
            world.Blobs.Release(content);
    }

    public static Reply Json(UploadReport report, int times, bool pretty)
    {
        var links = new JsonArray([.. Repeated(report, times).Select(f => (JsonNode)Link(f))]);
        var json = new JsonObject { ["incoming"] = report.Incoming ? 1 : 0, ["links"] = links };
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = pretty };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, options))
            json.WriteTo(writer);
        return new Reply { ContentType = "application/json; charset=utf-8", Bytes = bytes.ToArray() };
    }

    public static Reply Html(UploadReport report, int times)
    {
        var rows = new StringBuilder();
        foreach (var file in Repeated(report, times))
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td>{Pages.Escape(file.Name)}</td><td>{Size(file.Content.Size)}</td><td><a href=\"{file.Link}\">{file.Link}</a></td><td>{Pages.Escape(Removal(file, "--"))}</td></tr>\n");
        return Reply.Html(Pages.Page(
            "Upload finished",
            $"<h1>Upload finished</h1>\n<table class=\"premium\">\n<tr><th>Filename</th><th>Size</th><th>Download link</th><th>Removal link</th></tr>\n{rows}</table>"));
    }

    private static Reply Formatted(Exchange exchange, UploadReport report)
    {
        var behaviours = exchange.World.Behaviours;
        var empty = exchange.Fault == FaultKind.NoLinks || report.Visits <= behaviours.WaitPages + behaviours.EmptyReports;
        var times = empty ? 0 : exchange.Fault == FaultKind.Twice || behaviours.DoubledLinks ? 2 : 1;
        var json = Asked(exchange, "JSON");
        if (json is "1" or "2")
            return Json(report, times, json == "2");
        return Asked(exchange, "EXPORT") == "1" ? Csv(report, times) : Html(report, times);
    }

    private static string Asked(Exchange exchange, string format)
    {
        var header = exchange.Request.Headers[format].ToString();
        return header.Length == 0 && exchange.World.Behaviours.ReportFormatInQuery ? exchange.Request.Query[format].ToString() : header;
    }

    private static Reply Csv(UploadReport report, int times)
    {
        var lines = Repeated(report, times).Select(f =>
            string.Create(CultureInfo.InvariantCulture, $"{f.Name};{f.Content.Size};{f.Id};{f.RemovalCode};{f.Attributes?.Domain ?? 0};0\n"));
        return Reply.Text(string.Concat(lines), "text/csv; charset=utf-8");
    }

    private static IEnumerable<StoredFile> Repeated(UploadReport report, int times) =>
        report.Stored.SelectMany(f => Enumerable.Repeat(f, times));

    private static JsonObject Link(StoredFile file) => new()
    {
        ["download"] = file.Link,
        ["filename"] = file.Name,
        ["remove"] = Removal(file, ""),
        ["size"] = file.Content.Size.ToString(CultureInfo.InvariantCulture),
        ["whirlpool"] = file.Checksum,
    };

    private static string Removal(StoredFile file, string none) => file.RemovalCode is null
        ? none
        : $"https://{Links.Domains[file.Attributes?.Domain ?? 0]}/remove/{file.Id}/{file.RemovalCode}";

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} o"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.00} Ko"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.00} Mo"),
    };
}
