using System.Collections.Concurrent;

namespace OneFichier.Drive.Sync.Running;

/// <summary>Makes each folder once in a run, whoever asks for it.</summary>
internal sealed class MadeFolders(CancellationToken run)
{
    private readonly ConcurrentDictionary<(IVolume Volume, VolumePath Folder), Lazy<Task>> _made = new();

    public Task MakeAsync(IVolume volume, VolumePath folder) =>
        folder.IsRoot ? Task.CompletedTask : _made.GetOrAdd((volume, folder), key => new Lazy<Task>(() => key.Volume.MakeFolderAsync(key.Folder, run))).Value;
}
