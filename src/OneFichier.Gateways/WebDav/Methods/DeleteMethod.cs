using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>DELETE (RFC 4918 §9.6): a file, or a folder with all in it. The root stays, however it is written.</summary>
internal sealed class DeleteMethod : IDavMethod
{
    public async Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (request.Path.IsRoot)
            throw DavException.Forbidden();
        using var gate = await request.EnterAsync(cancellationToken);
        var entry = await request.GetAsync(cancellationToken);
        if (entry.IsFolder && request.Depth(Depth.Infinity) != Depth.Infinity)
            throw DavException.BadRequest();
        await request.CheckConditionsAsync(entry, cancellationToken);
        request.RequireRemovable(request.Path);
        await FailureList.AnswerAsync(request, await TreeRemoval.RunAsync(request, entry, cancellationToken), StatusCodes.Status204NoContent);
    }
}
