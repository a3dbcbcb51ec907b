using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>PUT (RFC 9110 §9.3.4, RFC 4918 §9.7): the body is taken in whole, then becomes the file in one step.</summary>
internal sealed class PutMethod : IDavMethod
{
    private const string Instead = "OPTIONS, GET, HEAD, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK";

    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (request.Context.Request.Headers.ContentRange.Count > 0)
            throw DavException.BadRequest();
        await MayBePutAsync(request, cancellationToken);
        await using var body = await BodySpool.ReceiveAsync(request.Context.Request, request.State.Bodies, cancellationToken: cancellationToken);
        using var gate = await request.EnterAsync(cancellationToken);
        var old = await MayBePutAsync(request, cancellationToken);
        var stored = await StoreAsync(request, body, cancellationToken);
        if (old is null)
            request.State.Properties.RemoveTree(request.Whole(request.Path));
        Answer(request, old is null, stored);
    }

    /// <summary>Asked twice: before the body, to spare the client sending it, and after it, for what has changed meanwhile.</summary>
    private static async Task<Entry?> MayBePutAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var old = await request.Volume.FindAsync(request.Path, cancellationToken);
        if (old is { IsFolder: true })
            throw new DavException(StatusCodes.Status405MethodNotAllowed) { Allow = Instead };
        if (request.Urls.AsFolder)
            throw DavException.Conflict();
        request.Volume.RefuseNames(request.Path);
        request.Volume.RefuseSize(request.Path, request.Context.Request.ContentLength ?? 0);
        await request.RequireParentAsync(request.Path, cancellationToken);
        await request.CheckConditionsAsync(old, cancellationToken);
        if (old is null)
            request.RequireRoomFor(request.Path);
        else
            request.RequireUnlocked(request.Path);
        return old;
    }

    private static async Task<Entry> StoreAsync(DavRequest request, BodySpool body, CancellationToken cancellationToken)
    {
        var file = new NewFile(request.Path, body.Length, _ => ValueTask.FromResult(body.Open())) { ModTime = request.OwnCloudTime() };
        var onlyNew = request.Context.Request.Headers.IfNoneMatch.ToString().Trim() == "*";
        try
        {
            return await request.Volume.PutOneAsync(file, onlyNew, cancellationToken);
        }
        catch (NameTakenException) when (onlyNew)
        {
            throw DavException.PreconditionFailed();
        }
    }

    private static void Answer(DavRequest request, bool isNew, Entry stored)
    {
        request.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
        request.Response.Headers.ETag = Validators.ETag(stored);
        if (request.OwnCloudTime() is not null && request.Volume.Traits.ModTimePrecision is not null)
            request.Response.Headers["X-OC-Mtime"] = "accepted";
    }
}
