using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.WebDav;

/// <summary>MKCOL (RFC 4918 §9.3): one new folder. Bodies are not understood.</summary>
internal sealed class MkcolMethod : IDavMethod
{
    private const string Instead = "OPTIONS, GET, HEAD, DELETE, COPY, MOVE, PROPFIND, PROPPATCH, LOCK, UNLOCK";

    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (await BodySpool.HasBodyAsync(request.Context.Request, cancellationToken))
            throw new DavException(StatusCodes.Status415UnsupportedMediaType);
        using var gate = await request.EnterAsync(cancellationToken);
        if (request.Path.IsRoot || await request.Volume.FindAsync(request.Path, cancellationToken) is not null)
            throw new DavException(StatusCodes.Status405MethodNotAllowed) { Allow = Instead };
        await request.RequireParentAsync(request.Path, cancellationToken);
        await request.CheckConditionsAsync(null, cancellationToken);
        request.RequireRoomFor(request.Path);
        await request.Volume.MakeFolderAsync(request.Path, cancellationToken);
        request.State.Properties.RemoveTree(request.Whole(request.Path));
        request.Response.StatusCode = StatusCodes.Status201Created;
    }
}
