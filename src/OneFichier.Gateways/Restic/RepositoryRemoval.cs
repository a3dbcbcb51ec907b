using System.Runtime.ExceptionServices;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>
/// DELETE of a repository: its objects, their folders, and last its config, so that one that was broken off can be asked for again. What is not restic's stays, and keeps the folders it lies in.
/// </summary>
internal static class RepositoryRemoval
{
    public static async Task RunAsync(ResticRequest request, CancellationToken cancellationToken)
    {
        var repository = request.Target.Repository;
        var config = repository.Combine(RepositoryLayout.Config);
        request.RequireRemoval(config);
        if (await request.Volume.FindAsync(config, cancellationToken) is not { IsFolder: false })
            throw request.NotFound();
        foreach (var type in RepositoryLayout.Types)
            await EmptyAsync(request.Volume, repository.Combine(type), type, cancellationToken);
        await RemoveAsync(request.Volume, repository.IsRoot ? [config] : [config, repository], cancellationToken);
        request.Response.ContentLength = 0;
    }

    private static async Task EmptyAsync(IVolume volume, VolumePath folder, string type, CancellationToken cancellationToken)
    {
        try
        {
            var objects = (await ObjectWalk.ObjectsAsync(volume, folder, type, cancellationToken)).ConvertAll(o => o.Path);
            var folders = objects.Select(o => o.Parent).Distinct().Where(f => f != folder);
            await RemoveAsync(volume, [.. objects, .. folders, folder], cancellationToken);
        }
        catch (PathNotFoundException)
        {
            // A type without objects may have no folder.
        }
    }

    private static async Task RemoveAsync(IVolume volume, IReadOnlyList<VolumePath> paths, CancellationToken cancellationToken)
    {
        var results = await volume.RemoveAsync(paths, cancellationToken);
        if (results.Select(r => r.Error).FirstOrDefault(e => e is not (null or PathNotFoundException or FolderNotEmptyException)) is { } error)
            ExceptionDispatchInfo.Throw(error);
    }
}
