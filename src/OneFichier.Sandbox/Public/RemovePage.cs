using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Public;

/// <summary>The removal address of a guest's file: a question on GET, the deed on POST force=1.</summary>
internal static class RemovePage
{
    public static async Task<Reply> AnswerAsync(Exchange exchange)
    {
        var form = exchange.Request.HasFormContentType ? await exchange.Request.ReadFormAsync(exchange.Aborted) : FormCollection.Empty;
        if (exchange.Request.Path.Value!.Split('/') is not [_, _, var id, var code])
            return Reply.Html(Pages.Block("Bad removal link"), 404);
        lock (exchange.World.Gate)
        {
            var file = exchange.World.Files.GetValueOrDefault(id);
            if (file?.RemovalCode is null || file.RemovalCode != code)
                return Reply.Html(Pages.Block("The requested file does not exist"), 404);
            if (form["force"] != "1")
                return Reply.Html(Pages.Page("Removal", "<form method=\"post\"><input type=\"hidden\" name=\"force\" value=\"1\"></form>"));
            exchange.World.RemoveFile(file);
            return Reply.Html(Pages.Block("The file has been removed"));
        }
    }
}
