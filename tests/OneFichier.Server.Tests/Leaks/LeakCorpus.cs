using System.Text;

namespace OneFichier.Server.Tests.Leaks;

/// <summary>A file of the corpus.</summary>
/// <param name="Path">What it is called.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Key">The key that lies open in it; null for none.</param>
internal sealed record CorpusFile(string Path, string Text, string? Key);

/// <summary>Files as they lie about, with keys in them and with what only looks like keys; made from a seed, the same each time.</summary>
internal sealed partial class LeakCorpus
{
    private const string OfKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=-";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Random _chance;

    public LeakCorpus(int seed)
    {
        _chance = new Random(seed);
        Positives = [.. Carriers.Select(c => Carry(c.Path, c.Text, Key())), .. Carriers.Select(c => Carry(c.Path, c.Text, From(Alphanumeric, 32)))];
        Negatives = [.. Enumerable.Range(0, 24).SelectMany(_ => Lookalikes())];
    }

    public IReadOnlyList<CorpusFile> Positives { get; }

    public IReadOnlyList<CorpusFile> Negatives { get; }

    private string Key() => From(OfKey, 32);

    private string From(string alphabet, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[_chance.Next(alphabet.Length)]));

    private string Hex(int length) => From("0123456789abcdef", length);

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _chance.NextBytes(bytes);
        return bytes;
    }

    private string Base64(int length) => Convert.ToBase64String(Bytes(length));

    private string Uuid() => new Guid(Bytes(16)).ToString();

    private string Jwt() => $"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{Url64(90)}.{Url64(32)}";

    private string Url64(int length) => Base64(length).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private CorpusFile Carry(string path, string text, string key)
    {
        var whole = text
            .Replace("$KEY64", Convert.ToBase64String(Encoding.UTF8.GetBytes(key)), StringComparison.Ordinal)
            .Replace("$KEYURL", Uri.EscapeDataString(key), StringComparison.Ordinal)
            .Replace("$KEY", key, StringComparison.Ordinal)
            .Replace("$MD5", Hex(32), StringComparison.Ordinal)
            .Replace("$OTHER", From(Alphanumeric, 32), StringComparison.Ordinal)
            .Replace("$PAD", string.Concat(Enumerable.Range(0, 40).Select(i => $"function f{i}(a){{return a+{_chance.Next(1000)}}};")), StringComparison.Ordinal);
        return new CorpusFile(path, whole, key);
    }
}
