using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Public;

/// <summary>Direct downloads.</summary>
internal static class DownloadFront
{
    public static Reply Answer(Exchange exchange)
    {
        var world = exchange.World;
        lock (world.Gate)
        {
            var token = world.Tokens.Find(exchange.Request.Path.Value!.TrimStart('/'));
            if (token is null || !MayUse(exchange, token))
                return Reply.Html(Pages.Block("The requested file could not be found or the link has expired"), world.Behaviours.StaleTokenStatus);
            exchange.Account = token.Member.Email;
            if (token.Member.Downloads >= world.Limits.Connections)
                return Reply.Html(Pages.Block("Too many connections"), 503);
            return Serve(exchange, token);
        }
    }

    private static bool MayUse(Exchange exchange, DownloadToken token)
    {
        var world = exchange.World;
        var age = world.Now - token.Made;
        var spent = token.Single && token.Uses > 0;
        var late = token.Uses == 0 ? age > world.Limits.TokenStart : age > world.Limits.TokenResume;
        var elsewhere = token.BoundToAddress && token.Address != exchange.Origin.Address;
        return !spent && !late && !elsewhere && world.Files.ContainsKey(token.File.Id);
    }

    private static Reply Serve(Exchange exchange, DownloadToken token)
    {
        var head = HttpMethods.IsHead(exchange.Request.Method);
        if (!head || exchange.World.Behaviours.HeadSpendsSingle)
            token.Uses++;
        var size = token.File.Content.Size;
        if (!ByteRange.TryRead(exchange.Request.Headers.Range.ToString(), size, out var range))
            return NotSatisfiable(size);
        var part = range ?? new ByteRange(0, size);
        token.Member.Downloads++;
        var reply = new Reply
        {
            Status = range is null ? 200 : 206,
            ContentType = MediaTypes.Of(token.File.Name),
            Content = token.File.Content,
            Offset = part.Offset,
            Length = part.Length,
            Done = () => Leave(exchange.World, token.Member),
        };
        Describe(exchange, token, reply, range, size);
        return reply;
    }

    private static void Describe(Exchange exchange, DownloadToken token, Reply reply, ByteRange? range, long size)
    {
        reply.Headers["Accept-Ranges"] = "bytes";
        reply.Headers["Content-Disposition"] = $"{(token.Inline ? "inline" : "attachment")}; filename=\"{HeaderText(token.File.Name)}\"";
        if (range is { } part)
            reply.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {part.Offset}-{part.Offset + part.Length - 1}/{size}");
        if (!exchange.World.Behaviours.DownloadValidators)
            return;
        reply.Headers["ETag"] = $"\"{token.File.Checksum[..32]}\"";
        reply.Headers["Last-Modified"] = token.File.Date.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string HeaderText(string name) =>
        string.Concat(name.Where(c => !char.IsControl(c) && c != '"'));

    private static Reply NotSatisfiable(long size) => new()
    {
        Status = 416,
        Headers = { ["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes */{size}") },
    };

    private static void Leave(World world, AccountState member)
    {
        lock (world.Gate)
            member.Downloads--;
    }
}
