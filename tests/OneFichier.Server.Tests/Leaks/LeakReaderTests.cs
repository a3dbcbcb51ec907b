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

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Letters_with_a_zero_beside_each_are_a_text_without_a_mark(string name)
    {
        var leak = Assert.Single(await FindAsync(Encoding.GetEncoding(name).GetBytes($"export FICHIER_API_KEY={Key}\r\n")));
        Assert.Equal((1, 24), (leak.Line, leak.Column));
    }

    [Fact]
    public async Task What_is_packed_is_read_as_far_as_it_goes()
    {
        var filler = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"line {i * 7919 % 1000003}\n"));
        var packed = new CorpusFile("up.log.gz", $"{filler}FICHIER_API_KEY={Key}\n{filler}", Key, CorpusForm.Packed).Bytes;
        Assert.Equal(100_001, Assert.Single(await FindAsync(packed)).Line);
        Assert.Single(await FindAsync(packed[..(packed.Length * 3 / 4)]));
        Assert.Empty(await FindAsync(packed[..(packed.Length / 4)]));
        Array.Fill(packed, (byte)0xFF, packed.Length * 3 / 4, 1000);
        Assert.Single(await FindAsync(packed));
        Assert.Empty(await FindAsync([0x1F, 0x8B, 8]));
    }

    [Fact]
    public async Task A_text_in_Base64_is_read_and_told_where_it_begins()
    {
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes($"TZ=UTC\nFICHIER_API_KEY={Key}\n"));
        var leak = Assert.Single(await FindAsync(Encoding.UTF8.GetBytes($"data:\n  .env: {inner}\n")));
        Assert.Equal((2, 9), (leak.Line, leak.Column));
        Assert.EndsWith("(in Base64)", leak.Why, StringComparison.Ordinal);
        Assert.Single(await FindAsync(Encoding.UTF8.GetBytes($"{new string(' ', 258_000)}{inner}{new string(' ', 300_000)}")));
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
