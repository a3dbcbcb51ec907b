using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using OneFichier.Sandbox.Api;
using OneFichier.Sandbox.Control;
using OneFichier.Sandbox.Faults;
using OneFichier.Sandbox.Node;
using OneFichier.Sandbox.Public;

namespace OneFichier.Sandbox;

/// <summary>Every request comes in here: it is sorted, logged, struck by faults or answered.</summary>
internal sealed partial class Front(World world, FaultDice dice, ControlFront control)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ControlFront.Root))
        {
            await control.AnswerAsync(context);
            return;
        }

        var (group, endpoint) = Sort(context.Request);
        var exchange = new Exchange
        {
            Context = context,
            World = world,
            Origin = RequestOrigin.Of(context),
            Class = group,
            Endpoint = endpoint,
        };
        var time = world.Now;
        lock (world.Gate)
            exchange.Fault = dice.Draw(world.Faults, group, endpoint);
        if (exchange.Fault == FaultKind.Cut)
        {
            world.Log.Add(exchange, time, 0, null);
            context.Abort();
            return;
        }

        var reply = Struck(exchange) ?? await AnswerOrNothingAsync(exchange);
        var sent = reply is not null && exchange.Fault != FaultKind.CutAfter;
        world.Log.Add(exchange, time, sent ? reply!.Status : 0, reply?.Message);
        if (reply is null)
            context.Abort();
        else
            await ReplyWriter.SendAsync(exchange, reply);
    }

    /// <summary>Null when the client went away: what it had not finished has not happened.</summary>
    private static async Task<Reply?> AnswerOrNothingAsync(Exchange exchange)
    {
        try
        {
            return await AnswerAsync(exchange);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static Reply? Struck(Exchange exchange) => exchange.Fault switch
    {
        FaultKind.Error => Reply.Html(Pages.Page("500 Internal Server Error", "<h1>Software error</h1>"), 500),
        FaultKind.Busy => Reply.Html(Pages.Page("503 Service Unavailable", "<h1>503 Service Unavailable</h1>"), 503),
        FaultKind.Html => Reply.Html(Pages.Page("1fichier.com", "<h1>Maintenance</h1>")),
        _ => null,
    };

    private static Task<Reply> AnswerAsync(Exchange exchange) => (exchange.Class, exchange.Endpoint) switch
    {
        (RequestClass.Api, "") => Task.FromResult(NotThere()),
        (RequestClass.Api, _) => ApiFront.AnswerAsync(exchange),
        (RequestClass.Node, "upload.cgi") => UploadFront.AnswerAsync(exchange),
        (RequestClass.Node, _) => Task.FromResult(EndPage.Answer(exchange)),
        (RequestClass.Download, _) => Task.FromResult(DownloadFront.Answer(exchange)),
        (_, "page") => Task.FromResult(FilePage.Answer(exchange)),
        (_, "dir") => SharePage.AnswerAsync(exchange),
        (_, "check_links.pl") => CheckLinks.AnswerAsync(exchange),
        (_, "remove") => RemovePage.AnswerAsync(exchange),
        _ => Task.FromResult(NotThere()),
    };

    private static (RequestClass Class, string Endpoint) Sort(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        if (path.StartsWith("/v1/", StringComparison.Ordinal))
            return (RequestClass.Api, path.EndsWith(".cgi", StringComparison.Ordinal) && ApiTable.Has(path[4..^4]) ? path[4..^4] : "");
        if (path is "/upload.cgi" or "/end.pl")
            return (RequestClass.Node, path[1..]);
        if (TokenPath().IsMatch(path))
            return (RequestClass.Download, "download");
        if (SharePath().IsMatch(path))
            return (RequestClass.Public, "dir");
        if (path.StartsWith("/remove/", StringComparison.Ordinal))
            return (RequestClass.Public, "remove");
        if (path == "/check_links.pl")
            return (RequestClass.Public, "check_links.pl");
        return (RequestClass.Public, path == "/" && request.QueryString.HasValue ? "page" : "other");
    }

    private static Reply NotThere() => Reply.Html(Pages.Page("404 Not Found", "<h1>404 Not Found</h1>"), 404);

    [GeneratedRegex(@"\A/[pc][0-9]+\z", RegexOptions.CultureInvariant, 300_000)]
    private static partial Regex TokenPath();

    [GeneratedRegex(@"\A(/[a-z]{2})?/dir/[A-Za-z0-9]+/?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex SharePath();
}
