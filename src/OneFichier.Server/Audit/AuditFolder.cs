using System.Text;
using System.Text.Json;

namespace OneFichier.Server.Audit;

/// <summary>The files of a log: the one that is written, the full ones before it, and the note of where it ends.</summary>
internal sealed class AuditFolder(string folder)
{
    public string Folder => folder;

    public string Active => Path.Combine(folder, "audit.log");

    private string Head => Path.Combine(folder, "audit.head");

    /// <summary>All files, the oldest first.</summary>
    public IReadOnlyList<string> Files()
    {
        if (!Directory.Exists(folder))
            return [];
        var full = Directory.EnumerateFiles(folder, "audit-*.log").Order(StringComparer.Ordinal);
        return File.Exists(Active) ? [.. full, Active] : [.. full];
    }

    public string FullName(long first) => Path.Combine(folder, $"audit-{first:D15}.log");

    /// <summary>The note; <see langword="null"/> where there is none that can be read.</summary>
    public AuditHead? ReadHead()
    {
        try
        {
            var head = JsonSerializer.Deserialize(File.ReadAllText(Head), AuditJson.Default.AuditHead);
            return head is { Hash.Length: AuditText.HashLength } ? head : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void WriteHead(AuditHead head)
    {
        using var file = PrivateFile.Open(Head, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        var text = Encoding.ASCII.GetBytes(JsonSerializer.Serialize(head, AuditJson.Default.AuditHead).PadRight(160) + "\n");
        file.Write(text);
        file.SetLength(text.Length);
    }
}
