using System.Text;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Sandbox.Node;

/// <summary>upload.cgi.</summary>
internal static class UploadFront
{
    private const string NotUnderstood = "Pas de fichier trouvé dans l'envoi";
    private const string NodeTrouble = "Ne peut ouvrir le fichier destination";

    public static async Task<Reply> AnswerAsync(Exchange exchange)
    {
        if (!HttpMethods.IsPost(exchange.Request.Method))
            return Reply.Html(Pages.Block(NotUnderstood), 405);
        if (exchange.Request.ContentLength is null && exchange.World.Behaviours.RequireContentLength)
            return Reply.Html(Pages.Page("411 Length Required", "<h1>411 Length Required</h1>"), 411);
        var refusal = CheckHead(exchange, out var sender);
        if (refusal is not null)
            return await RefuseAsync(exchange, refusal);
        if (PartHeader.Boundary(exchange.Request.ContentType, exchange.World.Behaviours.StrictMultipart) is not { } boundary)
            return await RefuseAsync(exchange, NotUnderstood);
        try
        {
            var form = await UploadForm.ReadAsync(exchange, boundary);
            lock (exchange.World.Gate)
                return Accept(exchange, form, sender);
        }
        catch (MalformedUploadException)
        {
            return await RefuseAsync(exchange, NotUnderstood);
        }
    }

    private static string? CheckHead(Exchange exchange, out AccountState? sender)
    {
        sender = null;
        var world = exchange.World;
        lock (world.Gate)
        {
            if (!world.Uploads.Take(UploadId(exchange)) && world.Behaviours.RequireIssuedId)
                return "Identifiant d'envoi invalide";
            if (!Sender.Identify(exchange, out sender))
                return "Identification incorrecte";
        }

        exchange.Account = sender?.Email;
        if (exchange.Fault == FaultKind.Refuse)
            return NodeTrouble;
        return exchange.Request.ContentLength > world.Limits.BytesPerUpload ? "Envoi trop volumineux" : null;
    }

    private static Reply Accept(Exchange exchange, UploadForm form, AccountState? sender)
    {
        var world = exchange.World;
        if (Objection(world, form, sender) is { } objection)
        {
            form.Drop(world);
            return Refused(objection);
        }

        EndPage.ForgetOld(world);
        world.LagBecauseOf(exchange.Fault);
        var report = Report(world, form, sender);
        var xid = world.Behaviours.OtherXid ? world.Ids.UploadId() : UploadId(exchange);
        world.Uploads.Add(xid, report);
        if (!world.Behaviours.StoreAtReport)
            EndPage.Store(world, report);
        world.LagBecauseOf(null);
        if (world.Behaviours.InlineReport == InlineReport.No)
            return Redirect(xid);
        EndPage.Store(world, report);
        return world.Behaviours.InlineReport == InlineReport.Json ? EndPage.Json(report, 1, false) : EndPage.Html(report, 1);
    }

    private static string? Objection(World world, UploadForm form, AccountState? sender)
    {
        if (form.Files.Count == 0 || form.Files.Exists(f => f.Name.Length == 0))
            return NotUnderstood;
        if (form.Files.Count > world.Limits.FilesPerUpload)
            return "Trop de fichiers dans l'envoi";
        if (world.Behaviours.RefuseEmptyFiles && form.Files.Exists(f => f.Content.Size == 0))
            return NotUnderstood;
        if (form.Files.Exists(f => f.Content.Size > Largest(world, sender)))
            return "Fichier trop volumineux";
        if (form.Files.Exists(f => Accepted(world, f.Name) is null))
            return "Nom de fichier invalide";
        if (sender is null || !world.Behaviours.RefuseOverQuota)
            return null;
        var over = sender.Used + form.Files.Sum(f => f.Content.Size) > sender.Quota;
        return sender.UploadForbidden || over ? "Espace de stockage insuffisant" : null;
    }

    private static string? Accepted(World world, string name) => Names.Accept(name, world.Behaviours.NamesInUploads, world.Behaviours.NamesCountBytes);

    private static long Largest(World world, AccountState? sender) => sender switch
    {
        null => world.Limits.BytesPerFile / 60,
        { Offer: SandboxOffer.Free } => world.Limits.BytesPerFile / 6,
        _ => world.Limits.BytesPerFile,
    } ?? long.MaxValue;

    private static UploadReport Report(World world, UploadForm form, AccountState? sender)
    {
        var recipient = sender is null ? world.FindAccount(form.Fields.GetValueOrDefault("user")) : null;
        var known = recipient is not null && form.Fields.GetValueOrDefault("pass") == recipient.Account.Password;
        var owner = sender ?? (known ? recipient : null);
        var password = form.Fields.GetValueOrDefault("dpass") is { Length: > 0 } pass ? pass : null;
        var domain = form.Number("domain") is >= 0 and <= 10 and var number ? (int)number : 0;
        return new UploadReport
        {
            Folder = owner is not null ? world.FindFolder(owner, form.Number("did") ?? 0) ?? owner.Root
                : recipient?.IncomingFolder ?? world.Guests,
            Ended = world.Now,
            Incoming = owner is null && recipient is not null,
            Attributes = password is null && domain == 0 ? null : new FileAttributesRow { Password = password, Domain = domain },
            Waiting = [.. form.Files.Select(f => (Accepted(world, f.Name)!, f.Content))],
        };
    }

    private static string UploadId(Exchange exchange) => exchange.Request.Query["id"].ToString();

    private static Reply Redirect(string xid) => new()
    {
        Status = 302,
        Bytes = Encoding.UTF8.GetBytes(Pages.Page("Moved ! Temporary Redirect", "Veuillez patienter / Please wait")),
        Headers = { ["Location"] = "/end.pl?xid=" + xid },
    };

    private static Reply Refused(string message) =>
        new() { Bytes = Encoding.UTF8.GetBytes(Pages.Block(message)), Message = message };

    // The service takes the whole body before it answers, and a client may not read before it has sent everything.
    private static async Task<Reply> RefuseAsync(Exchange exchange, string message)
    {
        await exchange.Request.Body.CopyToAsync(Stream.Null, exchange.Aborted);
        return Refused(message);
    }
}
