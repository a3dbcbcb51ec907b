using System.Collections.Concurrent;

namespace OneFichier.Drive.Sync;

/// <summary>Makes each folder of the destination once in a run, whoever asks for it.</summary>
internal sealed class MadeFolders(IVolume destination, CancellationToken run)
{
    private readonly ConcurrentDictionary<VolumePath, Lazy<Task>> _made = new();

    public Task MakeAsync(VolumePath folder) =>
        folder.IsRoot && destination.Feature<IOnDisk>() is null ? Task.CompletedTask : _made.GetOrAdd(folder, path => new Lazy<Task>(() => destination.MakeFolderAsync(path, run))).Value;
}
