namespace OneFichier.Drive.Sync;

/// <summary>A few files of each size that the destination's disk holds, remembered while its tree is walked.</summary>
internal sealed class DiskContents(SyncTree destination, SyncOptions options)
{
    private const int AFew = 4;

    private readonly bool _asked = options.Dedupe && destination.Volume.Feature<IOnDisk>() is not null;
    private readonly Dictionary<long, List<Entry>> _files = [];

    public void Add(ComparedFolder folder)
    {
        if (!_asked)
            return;
        foreach (var file in folder.Items.Select(i => i.Destination).OfType<Entry>().Where(f => f is { IsFolder: false, Size: > 0 }))
        {
            if (!_files.TryGetValue(file.Size, out var same))
                _files.Add(file.Size, same = []);
            if (same.Count < AFew)
                same.Add(file);
        }
    }

    public IReadOnlyList<Entry> OfSize(long size) => _files.GetValueOrDefault(size) ?? [];
}
