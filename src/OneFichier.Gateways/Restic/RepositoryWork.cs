using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.Restic;

/// <summary>Makes repositories and removes single objects.</summary>
internal static class RepositoryWork
{
    /// <summary>Makes the repository's folder; those of the types come with their first objects, so that none costs a request before it is needed.</summary>
    public static async Task CreateAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        if (request.Request.Query["create"] != "true")
            throw new BadHttpRequestException("Only a repository can be made here: ?create=true");
        await request.Volume.MakeFolderAsync(request.Target.Repository, cancellationToken);
        request.Response.ContentLength = 0;
    }

    public static async Task RemoveAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        request.RequireRemoval(request.Target.Path);
        using var gate = await request.EnterAsync(cancellationToken);
        if ((await request.Volume.RemoveAsync([request.Target.Path], cancellationToken))[0].Error is { } error)
            ExceptionDispatchInfo.Throw(error);
        request.Response.ContentLength = 0;
    }
}
