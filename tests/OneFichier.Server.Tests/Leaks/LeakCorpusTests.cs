using System.Text;
using OneFichier.Server.Leaks;

namespace OneFichier.Server.Tests.Leaks;

/// <summary>The detector over corpora made from seeds: every key is found, and hardly anything else is.</summary>
public sealed class LeakCorpusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20261201)]
    [InlineData(777)]
    [InlineData(4242)]
    public async Task Every_key_is_found_and_hardly_anything_else(int seed)
    {
        var corpus = new LeakCorpus(seed);
        Assert.True(corpus.Negatives.Count >= 10 * corpus.Positives.Count);
        var (missed, wrong, right) = (new List<string>(), new List<string>(), 0);
        foreach (var file in corpus.Positives.Concat(corpus.Negatives))
        {
            var wanted = file.Key is null ? null : ApiKey.Parse(file.Key).Fingerprint;
            var found = await FindAsync(file);
            wrong.AddRange(found.Where(l => l.Fingerprint != wanted).Select(l => $"{file.Path}:{l.Line}: {l.Why}\n{file.Text}"));
            right += found.Count(l => l.Fingerprint == wanted);
            if (wanted is not null && found.All(l => l.Fingerprint != wanted))
                missed.Add($"{file.Path}: {file.Key}\n{file.Text}");
        }

        var precision = right / (double)(right + wrong.Count);
        output.WriteLine($"seed {seed}: {corpus.Positives.Count} with a key, {corpus.Negatives.Count} without; recall {1 - missed.Count / (double)corpus.Positives.Count:P2}, precision {precision:P2}");
        Assert.True(missed.Count == 0, $"seed {seed}, missed:\n{string.Join("\n---\n", missed)}");
        Assert.True(precision >= 0.95, $"seed {seed}, precision {precision:P2}, taken for keys:\n{string.Join("\n---\n", wrong)}");
        if (wrong.Count > 0)
            output.WriteLine(string.Join("\n---\n", wrong));
    }

    private static async Task<IReadOnlyList<Leak>> FindAsync(CorpusFile file)
    {
        var found = new List<Leak>();
        await new LeakReader(new LeakDetector([])).ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(file.Text)), file.Path, found.Add, TestContext.Current.CancellationToken);
        return found;
    }
}
