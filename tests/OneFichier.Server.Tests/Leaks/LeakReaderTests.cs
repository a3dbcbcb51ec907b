using System.Text;
using OneFichier.Server.Leaks;

namespace OneFichier.Server.Tests.Leaks;

/// <summary>Where a key stands is told rightly, whatever the text is written in and however long it is.</summary>
public sealed class LeakReaderTests
{
    private static readonly string Key = new LeakCorpus(5).Positives[0].Key!;

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    [InlineData(262_130)]
    [InlineData(262_144)]
    [InlineData(258_060)]
    [InlineData(1_000_001)]
    public async Task A_key_is_found_once_at_its_line_and_column_in_a_text_of_any_length(int before)
    {
        var filler = string.Concat(Enumerable.Repeat("no key is here, é and ü\n", before / 24 + 1))[..before];
        var lines = filler.Split('\n');
        var leak = Assert.Single(await FindAsync(Encoding.UTF8.GetBytes($"{filler}\nFICHIER_API_KEY={Key}\n{filler}")));
        Assert.Equal((lines.Length + 1, 17), (leak.Line, leak.Column));
        Assert.Equal(ApiKey.Parse(Key).Fingerprint, leak.Fingerprint);
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(262_100)]
    public async Task A_line_may_be_as_long_as_it_likes(int before)
    {
        var leak = Assert.Single(await FindAsync(Encoding.UTF8.GetBytes($"{new string(';', before)}var fichierApiKey=\"{Key}\";{new string(';', before)}")));
        Assert.Equal((1, before + 20), (leak.Line, leak.Column));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task The_encoding_is_the_one_the_text_says(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var leak = Assert.Single(await FindAsync([.. encoding.GetPreamble(), .. encoding.GetBytes($"# 1fichier: clé\nexport FICHIER_API_KEY={Key}\n")]));
        Assert.Equal((2, 24), (leak.Line, leak.Column));
    }

    [Fact]
    public async Task In_what_is_no_text_only_a_key_of_this_machine_is_found()
    {
        var bytes = Encoding.UTF8.GetBytes($"\0\0FICHIER_API_KEY={Key}\0");
        Assert.Empty(await FindAsync(bytes));
        Assert.Equal(LeakConfidence.Certain, Assert.Single(await FindAsync(bytes, new KeyValuePair<string, ApiKey>("account '1f'", ApiKey.Parse(Key)))).Confidence);
    }

    [Fact]
    public async Task A_finding_holds_no_more_of_the_key_than_four_characters_of_each_end()
    {
        var leak = Assert.Single(await FindAsync(Encoding.UTF8.GetBytes($"FICHIER_API_KEY={Key}"), new KeyValuePair<string, ApiKey>("account '1f'", ApiKey.Parse(Key))));
        Assert.Equal($"{Key[..4]}…{Key[^4..]}", leak.Key);
        Assert.DoesNotContain(Key[4..12], leak.ToString(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Leak>> FindAsync(byte[] content, params IReadOnlyCollection<KeyValuePair<string, ApiKey>> known)
    {
        var found = new List<Leak>();
        await new LeakReader(new LeakDetector(known)).ReadAsync(new MemoryStream(content), "file", found.Add, TestContext.Current.CancellationToken);
        return found;
    }
}
