using OneFichier.Server.Leaks;

namespace OneFichier.Server.Tests.Leaks;

/// <summary>The detector over corpora made from seeds: every key is found, and hardly anything else is.</summary>
public sealed class LeakCorpusTests(ITestOutputHelper output)
{
    /// <summary>FICHIER_TEST_SEEDS=1000-1310 plays others.</summary>
    private static IEnumerable<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable("FICHIER_TEST_SEEDS") ?? "1-8").Split('-');
            return Enumerable.Range(int.Parse(range[0]), int.Parse(range[^1]) - int.Parse(range[0]) + 1);
        }
    }

    [Fact]
    public async Task Every_key_is_found_and_hardly_anything_else()
    {
        var (positives, negatives, right) = (0, 0, 0);
        var (missed, wrong) = (new List<string>(), new List<string>());
        foreach (var seed in Seeds)
        {
            var corpus = new LeakCorpus(seed);
            (positives, negatives) = (positives + corpus.Positives.Count, negatives + corpus.Negatives.Count);
            foreach (var file in corpus.Positives.Concat(corpus.Negatives))
            {
                var wanted = file.Key is null ? null : ApiKey.Parse(file.Key).Fingerprint;
                var found = await FindAsync(file);
                wrong.AddRange(found.Where(l => l.Fingerprint != wanted).Select(l => $"seed {seed}: {file.Path} ({file.Form}):{l.Line}: {l.Why}\n{file.Text}"));
                right += found.Count(l => l.Fingerprint == wanted);
                if (wanted is not null && found.All(l => l.Fingerprint != wanted))
                    missed.Add($"seed {seed}: {file.Path} ({file.Form}): {file.Key}\n{file.Text}");
            }
        }

        var precision = right / (double)(right + wrong.Count);
        output.WriteLine($"{positives} files with a key, {negatives} without; recall {1 - missed.Count / (double)positives:P4} ({missed.Count} missed), precision {precision:P3} ({wrong.Count} taken for keys that are none)");
        output.WriteLine(string.Join("\n---\n", missed.Concat(wrong).Take(20)));
        Assert.True(negatives >= 10 * positives);
        // A key drawn by lot may happen to look like words; over hundreds of seeds one in tens of thousands does.
        Assert.True(missed.Count * 20_000 <= positives, $"missed:\n{string.Join("\n---\n", missed.Take(20))}");
        Assert.True(precision >= 0.95, $"precision {precision:P2}, taken for keys:\n{string.Join("\n---\n", wrong.Take(20))}");
    }

    private static async Task<IReadOnlyList<Leak>> FindAsync(CorpusFile file)
    {
        var found = new List<Leak>();
        await new LeakReader(new LeakDetector([])).ReadAsync(new MemoryStream(file.Bytes), file.Path, found.Add, TestContext.Current.CancellationToken);
        return found;
    }
}
