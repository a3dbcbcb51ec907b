using System.Text.Json;
using OneFichier.Names;

namespace OneFichier.Drive.Journal;

/// <summary>A session as its journal tells of it.</summary>
internal sealed class UploadEntry
{
    public const int Version = 1;

    private readonly List<JournalStep> _steps = [];

    private UploadEntry(JournalHead head, IEnumerable<string> lines)
    {
        Head = head;
        Files = [.. head.Files.Select((f, n) => new EntryFile(f, n))];
        foreach (var line in lines)
            _steps.Add(JsonSerializer.Deserialize(line, JournalJson.Default.JournalStep)!);
        if (_steps.LastOrDefault(s => s.Read is not null)?.Read is { } read)
            Files.ForEach(f => f.Checksum = WhirlpoolHash.Parse(read[f.Number]));
    }

    public JournalHead Head { get; }

    public FolderId Folder => new(Head.Folder);

    public List<EntryFile> Files { get; }

    /// <summary>Whether the node may have had the session whole.</summary>
    public bool WasSent => _steps.Exists(s => s.Read is not null);

    /// <summary>Whether the node said that it had.</summary>
    public bool WasAccepted => _steps.Exists(s => s.Ticket is not null);

    /// <summary>Where the report is to be had, if it is.</summary>
    public UploadTicket Ticket => _steps.LastOrDefault(s => s.Ticket is not null)?.Ticket is { } known ? new(known.Host, known.Id) : new(Head.Host, Head.Id);

    /// <summary>What became of its files; <see langword="null"/> when that was not known yet.</summary>
    public IReadOnlyList<JournalFate>? Settled => _steps.LastOrDefault(s => s.Settled is not null)?.Settled;

    /// <summary>Reads a journal.</summary>
    /// <returns><see langword="null"/> when its first line never came to be, so that nothing was sent.</returns>
    /// <exception cref="JsonException">It is no journal.</exception>
    /// <exception cref="NotSupportedException">A newer version wrote it.</exception>
    public static UploadEntry? Read(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return null;
        using var any = JsonDocument.Parse(lines[0]);
        var version = any.RootElement.TryGetProperty("version", out var number) ? number.GetInt32() : 0;
        return version <= Version
            ? new UploadEntry(JsonSerializer.Deserialize(lines[0], JournalJson.Default.JournalHead)!, lines.Skip(1))
            : throw new NotSupportedException($"format {version}; this program knows {Version}");
    }
}

/// <summary>A file of a session that ended before it should.</summary>
internal sealed class EntryFile(JournalledFile line, int number)
{
    private readonly HashSet<string> _replaces = [.. (line.Replaces ?? []).Select(l => FileLink.Parse(l).Id)];

    public int Number => number;

    public string Name { get; } = ServiceName.Decode(line.Name);

    public long Size => line.Size;

    public DateTimeOffset? ModTime => line.ModTime;

    /// <summary>What it should have; <see langword="null"/> when it never came to be read to its end, so that nothing can be proven.</summary>
    public WhirlpoolHash? Checksum { get; set; } = line.Checksum is null ? null : WhirlpoolHash.Parse(line.Checksum);

    /// <summary>What is stored of it.</summary>
    public FileLink? Arrived { get; set; }

    public bool HasReplaced => _replaces.Count > 0;

    public bool Replaces(FileLink link) => _replaces.Contains(link.Id);

    public bool Is(long size, WhirlpoolHash? checksum) => size == Size && Checksum is { } expected && checksum == expected;
}
