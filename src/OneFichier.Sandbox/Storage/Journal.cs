using System.Text.Json;

namespace OneFichier.Sandbox.Storage;

/// <summary>
/// Everything but contents, as one JSON line per change. A line is handed to the system before the change is answered,
/// so a killed process loses nothing it has confirmed; a torn last line is a change never confirmed.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const string Name = "journal.jsonl";

    private readonly string path;
    private readonly FileStream guard;
    private FileStream file;

    /// <exception cref="IOException">Another sandbox has the folder.</exception>
    public Journal(string folder)
    {
        Directory.CreateDirectory(folder);
        guard = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        path = Path.Combine(folder, Name);
        file = Append(path);
    }

    /// <summary>Leaves lines in the buffer until <see cref="Flush"/>, for changes by the thousand.</summary>
    public bool Batching { get; set; }

    public void Write(JournalLine line)
    {
        file.Write(JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Default.JournalLine));
        file.WriteByte((byte)'\n');
        if (!Batching)
            file.Flush();
    }

    public void Flush() => file.Flush();

    public IEnumerable<JournalLine> Read()
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } text)
            if (Parse(text) is { } line)
                yield return line;
    }

    /// <summary>Puts the given lines in place of all that was written.</summary>
    public void Rewrite(IEnumerable<JournalLine> lines)
    {
        var next = path + ".new";
        file.Dispose();
        using (file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024))
        {
            Batching = true;
            foreach (var line in lines)
                Write(line);
            Batching = false;
        }

        File.Move(next, path, overwrite: true);
        file = Append(path);
    }

    public void Dispose()
    {
        file.Dispose();
        guard.Dispose();
    }

    private static FileStream Append(string path) =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.Read, 64 * 1024);

    private static JournalLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, JournalJson.Default.JournalLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
