namespace OneFichier.Drive.Tests.Volumes;

public abstract partial class VolumeSuite
{
    /// <summary>FICHIER_TEST_SEEDS=100-199 plays others.</summary>
    public static TheoryData<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable("FICHIER_TEST_SEEDS") ?? "1-4").Split('-');
            return [.. Enumerable.Range(int.Parse(range[0]), int.Parse(range[^1]) - int.Parse(range[0]) + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_is_done_to_it_the_volume_is_what_a_simple_model_says(int seed)
    {
        var work = new RandomVolumeWork(Volume, new Random(seed));
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                await work.StepAsync();
                Assert.Equal(work.Model.Lines, await LinesAsync(Volume));
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}\n{string.Join('\n', work.Log)}");
        }
    }

    /// <summary>The whole tree in words, as the model writes it.</summary>
    internal static async Task<IReadOnlyList<string>> LinesAsync(IVolume volume)
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var folders = new Queue<VolumePath>([VolumePath.Root]);
        await volume.MakeFolderAsync(VolumePath.Root);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in (await volume.ListAsync(folder)).Entries)
            {
                if (entry.IsFolder)
                    folders.Enqueue(entry.Path);
                var line = entry.IsFolder ? $"{entry.Path}/" : $"{entry.Path} {Convert.ToHexStringLower(await ReadAllAsync(await volume.OpenAsync(entry.Path)))}";
                lines.Add(entry.Path.ToString(), line);
            }
        }

        return [.. lines.Values];
    }
}
