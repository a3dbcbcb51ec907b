using System.Text;
using OneFichier.Drive.Sync;

namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>Trees in memory, written and read in a line. A path that ends in a slash is an empty folder.</summary>
internal static class Trees
{
    public static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static async Task<MemoryVolume> OfAsync(params string[] files)
    {
        var volume = new MemoryVolume();
        foreach (var file in files)
            await volume.WriteAsync(file);
        return volume;
    }

    /// <summary>Writes <c>path</c> with its own name as content, or <c>path=content</c>, at a time that is the same for all unless given.</summary>
    public static async Task WriteAsync(this IVolume volume, string file, DateTimeOffset? modTime = null)
    {
        var parts = file.Split('=', 2);
        if (file.EndsWith('/'))
        {
            await volume.MakeFolderAsync(VolumePath.Parse(file));
            return;
        }

        var content = Encoding.UTF8.GetBytes(parts.Length > 1 ? parts[1] : parts[0]);
        var put = await volume.PutAsync([New(parts[0], content) with { ModTime = modTime ?? Then }]);
        Assert.Null(put[0].Error);
    }

    public static NewFile New(string path, byte[] content) => new(VolumePath.Parse(path), content.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(content)));

    /// <summary>Everything in it, as <see cref="WriteAsync"/> takes it; folders too.</summary>
    public static async Task<SortedSet<string>> ReadAsync(this IVolume volume, VolumePath root = default)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        await ReadAsync(volume, root, root.Segments.Count, found);
        return found;
    }

    public static Task<SyncPlan> PlanAsync(IVolume source, IVolume destination, SyncOptions? options = null) =>
        new SyncPlanner(new SyncTree(source), new SyncTree(destination), options ?? new SyncOptions()).PlanAsync();

    public static TreeFilter Filter(params string[] rules) => new FilterBuilder(TimeProvider.System).Build(new FilterFlags { Filter = rules });

    private static async Task ReadAsync(IVolume volume, VolumePath folder, int depth, SortedSet<string> found)
    {
        foreach (var entry in (await volume.ListAsync(folder)).Entries)
        {
            var path = string.Join('/', entry.Path.Segments.Skip(depth));
            found.Add(entry.IsFolder ? path + "/" : $"{path}={await TextAsync(volume, entry.Path)}");
            if (entry.IsFolder)
                await ReadAsync(volume, entry.Path, depth, found);
        }
    }

    private static async Task<string> TextAsync(IVolume volume, VolumePath file)
    {
        using var reader = new StreamReader(await volume.OpenAsync(file));
        return await reader.ReadToEndAsync();
    }
}
