using System.Runtime.ExceptionServices;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>Finds the objects of a type. Files that are none of restic's are passed over.</summary>
internal static class ObjectWalk
{
    /// <exception cref="PathNotFoundException">There is no folder for the type.</exception>
    /// <exception cref="IOException">Not all of it could be listed; failures of the service are thrown as they are.</exception>
    public static async Task<List<Entry>> ObjectsAsync(IVolume volume, VolumePath folder, string type, CancellationToken cancellationToken)
    {
        var objects = new List<Entry>();
        await foreach (var (at, contents) in volume.WalkAsync(folder, below => type == RepositoryLayout.Data && below.Parent == folder && RepositoryLayout.IsDataFolder(below), cancellationToken))
        {
            RequireWhole(contents);
            objects.AddRange(contents.Entries.Where(e => RepositoryLayout.IsObject(at, type, e)));
        }

        return objects;
    }

    private static void RequireWhole(FolderContents contents)
    {
        if (contents.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        if (!contents.Complete)
            throw new IOException("The service does not list all of this folder now.");
    }
}
