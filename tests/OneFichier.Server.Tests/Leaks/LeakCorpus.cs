using System.IO.Compression;
using System.Text;

namespace OneFichier.Server.Tests.Leaks;

/// <summary>A file of the corpus.</summary>
/// <param name="Path">What it is called.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Key">The key that lies open in it; null for none.</param>
/// <param name="Form">How it is written.</param>
internal sealed record CorpusFile(string Path, string Text, string? Key, CorpusForm Form = CorpusForm.Plain)
{
    public byte[] Bytes => Form switch
    {
        CorpusForm.LinesOfWindows => Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n")),
        CorpusForm.Marked => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)],
        CorpusForm.Utf16 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text.ReplaceLineEndings("\r\n"))],
        CorpusForm.Utf16Unmarked => Encoding.Unicode.GetBytes(Text),
        CorpusForm.Packed => Gzip(Encoding.UTF8.GetBytes(Text)),
        _ => Encoding.UTF8.GetBytes(Text),
    };

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(plain);

        return packed.ToArray();
    }
}

/// <summary>How a file of the corpus is written.</summary>
internal enum CorpusForm
{
    Plain,
    LinesOfWindows,
    Marked,
    Utf16,
    Utf16Unmarked,
    Packed,
}

/// <summary>Files as they lie about, with keys in them and with what only looks like keys; made from a seed, the same each time.</summary>
internal sealed partial class LeakCorpus
{
    private const string OfKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=-";
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string LowerAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly Random _chance;

    public LeakCorpus(int seed)
    {
        _chance = new Random(seed);
        (string Path, string Text)[] carriers = [.. Settings, .. Sources, .. Typed, .. Written];
        Positives = [.. carriers.Select(c => Carry(c, Key(), CorpusForm.Plain)), .. carriers.Select(c => Carry(c, From(Alphanumeric, 32), (CorpusForm)_chance.Next(6)))];
        Negatives = [.. Enumerable.Range(0, 50).SelectMany(_ => Lookalikes()).Select(f => f with { Form = (CorpusForm)(_chance.Next(2) * _chance.Next(6)) })];
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

    private string Other() => _chance.Next(4) switch { 0 => Key(), 1 => Url64(24), _ => From(Alphanumeric, 32) };

    private string Minified() => string.Concat(Enumerable.Range(0, 40).Select(i => $"function f{i}(a){{return a+{_chance.Next(1000)}}};"));

    private CorpusFile Carry((string Path, string Text) carrier, string key, CorpusForm form)
    {
        var text = carrier.Text;
        foreach (var (mark, value) in (ReadOnlySpan<(string, string)>)
        [
            ("$KEY64LINE", Encoded(key + "\n")), ("$KEY64", Encoded(key)), ("$KEYURL", Uri.EscapeDataString(key)), ("$ENV64", Encoded($"TZ=Europe/Paris\nFICHIER_API_KEY={key}\n")),
            ("$BEARER64", Encoded($"Authorization: Bearer {key}")), ("$KEY", key), ("$MD5", Hex(32)), ("$OTHER", Other()), ("$ID", From(LowerAlphanumeric, 20)), ("$PAD", Minified()),
        ])
            text = text.Replace(mark, value, StringComparison.Ordinal);

        return new CorpusFile(carrier.Path, text, key, form);

        static string Encoded(string plain) => Convert.ToBase64String(Encoding.UTF8.GetBytes(plain));
    }
}
