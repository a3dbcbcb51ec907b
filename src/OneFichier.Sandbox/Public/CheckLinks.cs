using System.Text;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Public;

/// <summary>check_links.pl: a line for each of up to a hundred addresses.</summary>
internal static class CheckLinks
{
    private const int AtOnce = 100;

    public static async Task<Reply> AnswerAsync(Exchange exchange)
    {
        var form = exchange.Request.HasFormContentType ? await exchange.Request.ReadFormAsync(exchange.Aborted) : FormCollection.Empty;
        var text = new StringBuilder();
        lock (exchange.World.Gate)
        {
            foreach (var url in form["links[]"].Take(AtOnce))
                text.Append(url).Append(';').Append(Answer(exchange.World, url)).Append('\n');
        }

        return Reply.Text(text.ToString());
    }

    private static string Answer(World world, string? url)
    {
        if (Links.FileId(url) is not { } id)
            return ";;BAD LINK";
        if (!world.Files.TryGetValue(id, out var file))
            return ";;NOT FOUND";
        return file.Attributes is { Password: not null } or { Acl: not null }
            ? ";;PRIVATE"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file.Name};{file.Content.Size}");
    }
}
