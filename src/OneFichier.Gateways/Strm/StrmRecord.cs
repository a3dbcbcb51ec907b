using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneFichier.Gateways.Strm;

/// <summary>What was written into a folder, in a file of that folder (docs/spec/strm.md). Before anything is done the record says what may be found afterwards, so that no end of the program leaves a file that nobody owns.</summary>
internal sealed record StrmRecord
{
    private const int Newest = 1;
    private const string Name = ".fichier-strm.json";
    private const string LockName = ".fichier-strm.lock";

    public int Version { get; init; } = Newest;

    /// <summary>The digests a file of ours may have, by path.</summary>
    public SortedDictionary<string, string[]> Files { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The folders that were made for them.</summary>
    public SortedSet<string> Folders { get; init; } = new(StringComparer.Ordinal);

    public static string DigestOf(string content) => DigestOf(Encoding.UTF8.GetBytes(content));

    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static StrmRecord Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return new StrmRecord();
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), StrmJson.Default.StrmRecord) ?? throw new JsonException("it is empty");
            if (record.Version > Newest)
                throw new InvalidDataException($"'{path}' was written by a newer fichier (format {record.Version}; this one knows {Newest}). Update this fichier.");
            return record.Files.Keys.All(IsBelow) && record.Folders.All(IsBelow) ? record : throw new JsonException("it names what is not below the folder");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {e.Message}. Remove it; files that are as they should be are taken over then.", e);
        }
    }

    public Task WriteAsync(string folder, CancellationToken cancellationToken) =>
        PrivateFile.ReplaceAsync(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, StrmJson.Default.StrmRecord), cancellationToken);

    /// <summary>Whether another record says the same.</summary>
    public bool Says(StrmRecord other) =>
        JsonSerializer.SerializeToUtf8Bytes(this, StrmJson.Default.StrmRecord).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, StrmJson.Default.StrmRecord));

    /// <exception cref="IOException">Another run is at work.</exception>
    public static FileStream Lock(string folder)
    {
        try
        {
            return PrivateFile.Open(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite);
        }
        catch (IOException e)
        {
            throw new IOException($"Another run is at work in '{folder}', or it cannot be written: {e.Message}", e);
        }
    }

    private static bool IsBelow(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Any(s => s is "" or "." or "..");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StrmRecord))]
internal sealed partial class StrmJson : JsonSerializerContext;
