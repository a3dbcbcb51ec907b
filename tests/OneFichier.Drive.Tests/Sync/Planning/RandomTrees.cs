namespace OneFichier.Drive.Tests.Sync.Planning;

/// <summary>Small trees with few names and few contents, so that everything happens to everything. Of one size and time there is one content only.</summary>
internal static class RandomTrees
{
    private static readonly string[] Names = ["a", "b", "c.log", "d"];
    private static readonly string[] Contents = ["x", "yy", "zz", "www", new string('B', 1 << 20), new string('C', 1 << 20)];

    public static async Task<MemoryVolume> MakeAsync(Random random)
    {
        var volume = new MemoryVolume();
        for (var i = random.Next(14); i > 0; i--)
        {
            var path = string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(Names.Length)]));
            if (random.Next(6) == 0)
                await MakeFolderAsync(volume, path);
            else
                await WriteAsync(volume, path, random);
        }

        return volume;
    }

    private static async Task WriteAsync(MemoryVolume volume, string path, Random random)
    {
        var content = random.Next(12) == 0 ? random.Next(4, Contents.Length) : random.Next(4);
        var file = Trees.New(path, System.Text.Encoding.UTF8.GetBytes(Contents[content])) with { ModTime = Trees.Then.AddDays(content).AddHours(random.Next(2)) };
        await volume.PutAsync([file]);
    }

    private static async Task MakeFolderAsync(MemoryVolume volume, string path)
    {
        try
        {
            await volume.MakeFolderAsync(VolumePath.Parse(path));
        }
        catch (NameTakenException)
        {
            // The name is a file's already: one thing less in this tree.
        }
    }
}
