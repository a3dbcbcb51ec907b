using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>LOCK (RFC 4918 §9.10): with a body a new lock, on a place without a file an empty file too; without one, more time for a lock that is held.</summary>
internal sealed class LockMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var body = await DavXml.ReadAsync(request, "lockinfo", cancellationToken);
        var lasts = request.Timeout(request.State.Options.MaxLockTime);
        if (body is null)
            await RefreshAsync(request, lasts);
        else
            await TakeAsync(request, body, lasts, cancellationToken);
    }

    private static async Task RefreshAsync(DavRequest request, TimeSpan lasts)
    {
        var held = request.State.Locks.Covering(request.Whole(request.Path)).FirstOrDefault(l => request.If.Tokens.Contains(l.Token) && l.User == request.Session.User);
        if (request.If.Lists.Count == 0)
            throw DavException.BadRequest();
        if (held is null || request.State.Locks.Refresh(held.Token, lasts) is not { } refreshed)
            throw DavException.Condemned(StatusCodes.Status412PreconditionFailed, "lock-token-matches-request-uri");
        await SayAsync(request, refreshed);
    }

    private static async Task TakeAsync(DavRequest request, XElement body, TimeSpan lasts, CancellationToken cancellationToken)
    {
        var deep = request.Depth(Depth.Infinity) switch { Depth.One => throw DavException.BadRequest(), Depth.Zero => false, _ => true };
        using var gate = await request.EnterAsync(cancellationToken);
        var present = await request.Volume.FindAsync(request.Path, cancellationToken);
        if (present is not null)
            request.RequireMayChange();
        await request.CheckConditionsAsync(present, cancellationToken);
        if (present is null)
            await MayBeMadeAsync(request, cancellationToken);
        var wanted = LockRequest.Of(body) with
        {
            Root = request.Whole(request.Path),
            IsFolder = present?.IsFolder == true,
            Deep = deep,
            User = request.Session.User,
            Expires = request.State.Options.Time.GetUtcNow() + lasts,
        };
        Take(request, wanted);
        if (present is null)
            await MakeAsync(request, wanted, cancellationToken);
        request.Response.StatusCode = present is null ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        request.Response.Headers["Lock-Token"] = $"<{wanted.Token}>";
        await SayAsync(request, wanted);
    }

    private static void Take(DavRequest request, DavLock wanted)
    {
        var inTheWay = request.State.Locks.Take(wanted);
        if (inTheWay.Count > 0)
            throw DavException.Condemned(StatusCodes.Status423Locked, "no-conflicting-lock", inTheWay.Select(request.HrefOf));
    }

    private static async Task MayBeMadeAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (request.Urls.AsFolder)
            throw DavException.Conflict();
        await request.RequireParentAsync(request.Path, cancellationToken);
        request.RequireUnlocked(request.Path.Parent);
    }

    private static async Task MakeAsync(DavRequest request, DavLock held, CancellationToken cancellationToken)
    {
        try
        {
            await request.Volume.PutOneAsync(new NewFile(request.Path, 0, _ => ValueTask.FromResult(Stream.Null)), onlyNew: true, cancellationToken);
            request.State.Properties.RemoveTree(request.Whole(request.Path));
        }
        catch
        {
            request.State.Locks.Release(held);
            throw;
        }
    }

    private static Task SayAsync(DavRequest request, DavLock held) =>
        DavXml.WriteAsync(request.Response, new XElement(DavNames.Prop, LockXml.Discovery([held], request)));
}
