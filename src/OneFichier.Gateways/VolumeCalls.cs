using System.Runtime.ExceptionServices;
using OneFichier.Drive;

namespace OneFichier.Gateways;

/// <summary>The verbs on lists, for one item: what failed is thrown.</summary>
internal static class VolumeCalls
{
    public static async Task<Entry> PutOneAsync(this IVolume volume, NewFile file, bool onlyNew, CancellationToken cancellationToken)
    {
        var result = (await volume.PutAsync([file], new PutOptions { KeepExisting = onlyNew }, cancellationToken))[0];
        return Done(result).Entry ?? new Entry(file.Path, IsFolder: false) { Size = file.Length, ModTime = file.ModTime };
    }

    public static async Task MoveOneAsync(this IVolume volume, VolumePath from, VolumePath target, CancellationToken cancellationToken) =>
        Done((await volume.MoveAsync([new VolumeMove(from, target)], replace: true, cancellationToken))[0]);

    public static ItemResult Done(ItemResult result)
    {
        if (result.Error is { } error)
            ExceptionDispatchInfo.Throw(error);
        return result;
    }
}
