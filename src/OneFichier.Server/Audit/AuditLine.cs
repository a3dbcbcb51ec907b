using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OneFichier.Drive.Access;

namespace OneFichier.Server.Audit;

/// <summary>A record as it stands in the log (docs/spec/audit-log.md).</summary>
/// <param name="N">Its number, from one, without gaps over all files.</param>
/// <param name="T">When.</param>
/// <param name="Verb">What was done; <c>begin</c> opens a file.</param>
public sealed record AuditLine(long N, DateTimeOffset T, string Verb)
{
    /// <summary>The version of the line's form.</summary>
    public int V { get; init; } = 1;

    /// <summary>The token's id.</summary>
    public string? Token { get; init; }

    /// <summary>The name it goes by.</summary>
    public string? User { get; init; }

    /// <summary>The face.</summary>
    public string? Face { get; init; }

    /// <summary>The address.</summary>
    public string? From { get; init; }

    /// <summary>On what.</summary>
    public string? Path { get; init; }

    /// <summary>Where it went.</summary>
    public string? Target { get; init; }

    /// <summary><c>done</c>, <c>refused</c> or <c>failed</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why it did not end well.</summary>
    public string? Reason { get; init; }

    /// <summary>How many bytes went.</summary>
    public long? Bytes { get; init; }

    /// <summary>Of <c>begin</c>: the hash of the record before, in the file before.</summary>
    public string? Prev { get; init; }

    internal static AuditLine Of(AccessRecord record, long number, DateTimeOffset time) => new(number, time, record.Verb)
    {
        Token = OrNull(record.Caller.Token),
        User = OrNull(record.Caller.User),
        Face = OrNull(record.Caller.Face),
        From = OrNull(record.Caller.From),
        Path = record.Path,
        Target = record.Target,
        Outcome = record.Outcome.ToString().ToLowerInvariant(),
        Reason = record.Reason,
        Bytes = record.Bytes,
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

/// <summary>Between records and the text of lines: the hash of a line covers the hash of the line before and every byte of its own text.</summary>
internal static class AuditText
{
    public const int HashLength = 64;
    private const string Before = ",\"h\":\"";
    private const string After = "\"}";

    public static readonly string NoHash = new('0', HashLength);

    /// <summary>The line, without an end of line, and its hash.</summary>
    public static (string Text, string Hash) Write(AuditLine line, string previous)
    {
        var json = JsonSerializer.Serialize(line, AuditJson.Default.AuditLine);
        var covered = json[..^1];
        var hash = HashOf(previous, covered);
        return (covered + Before + hash + After, hash);
    }

    /// <summary>Takes a line apart; <see langword="false"/> where it is none.</summary>
    public static bool TryRead(string text, out AuditLine line, out string covered, out string hash)
    {
        (line, covered, hash) = (null!, "", "");
        var at = text.Length - After.Length - HashLength - Before.Length;
        if (at <= 0 || !text.EndsWith(After, StringComparison.Ordinal) || string.CompareOrdinal(text, at, Before, 0, Before.Length) != 0)
            return false;
        (covered, hash) = (text[..at], text.Substring(at + Before.Length, HashLength));
        try
        {
            line = JsonSerializer.Deserialize(covered + "}", AuditJson.Default.AuditLine)!;
            return line is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static string HashOf(string previous, string covered) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(previous + "\n" + covered)));
}

/// <summary>Where the log ended when it was last written: what makes a missing end visible.</summary>
internal sealed record AuditHead(long N, string Hash, long Length)
{
    public static readonly AuditHead Nothing = new(0, AuditText.NoHash, 0);

    public int V { get; init; } = 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditLine))]
[JsonSerializable(typeof(AuditHead))]
internal sealed partial class AuditJson : JsonSerializerContext;
