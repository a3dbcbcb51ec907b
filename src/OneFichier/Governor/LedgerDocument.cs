using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OneFichier.Governor;

/// <summary>The ledger's file: the book inside an envelope with a version, a checksum and the clock it was written by (docs/spec/quota-ledger.md).</summary>
internal sealed class LedgerDocument
{
    public const int Version = 1;

    private static ReadOnlySpan<byte> LineEnd => "}\n"u8;

    public required MachineClock Clock { get; init; }

    public required BudgetBook Book { get; init; }

    public static byte[] Write(MachineClock clock, BudgetBook book)
    {
        var body = book.Write();
        var head = Encoding.UTF8.GetBytes(
            $$"""{"version":{{Version}},"checksum":"{{Checksum(clock, body)}}","boot":"{{JsonEncodedText.Encode(clock.Boot)}}","elapsed":{{clock.Elapsed.Ticks}},"wall":"{{clock.Wall:O}}","book":""");
        return [.. head, .. body, .. LineEnd];
    }

    /// <returns>The document, or <see langword="null"/> when it is damaged or of a version that never was.</returns>
    /// <exception cref="FichierException">It was written by a newer version.</exception>
    public static LedgerDocument? Read(ReadOnlySpan<byte> file, IReadOnlyList<BudgetRule> rules, string path)
    {
        try
        {
            var envelope = ReadEnvelope(file, out var body);
            if (envelope.Version > Version)
            {
                throw new FichierException($"The request budget in {path} was written by a newer fichier (format {envelope.Version}; this one knows {Version}).")
                {
                    Remedy = "Update this program, or give it a state folder of its own.",
                };
            }

            var clock = new MachineClock(envelope.Boot, new(envelope.Elapsed), envelope.Wall);
            return envelope.Version == Version && envelope.Checksum == Checksum(clock, body)
                ? new() { Clock = clock, Book = BudgetBook.Read(body, rules) }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static Envelope ReadEnvelope(ReadOnlySpan<byte> file, out ReadOnlySpan<byte> body)
    {
        var envelope = new Envelope();
        var json = new Utf8JsonReader(file);
        body = default;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (name is not ("version" or "checksum" or "boot" or "elapsed" or "wall"))
                json.Skip();
            envelope = name switch
            {
                "version" => envelope with { Version = json.GetInt32() },
                "checksum" => envelope with { Checksum = json.GetString() ?? "" },
                "boot" => envelope with { Boot = json.GetString() ?? "" },
                "elapsed" => envelope with { Elapsed = json.GetInt64() },
                "wall" => envelope with { Wall = json.GetDateTimeOffset() },
                _ => envelope,
            };
            body = name == "book" ? file[start..(int)json.BytesConsumed] : body;
            if (envelope.Version > Version)
                break;
        }

        return envelope;
    }

    private static string Checksum(MachineClock clock, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{clock.Boot} {clock.Elapsed.Ticks} {clock.Wall.UtcTicks} "));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private readonly record struct Envelope(int Version, string Checksum, string Boot, long Elapsed, DateTimeOffset Wall)
    {
        public Envelope() : this(0, "", "", 0, default) { }
    }
}
