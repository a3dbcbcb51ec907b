using System.Text;

namespace OneFichier.Server.Jobs;

/// <summary>The end of what a program says: its last lines, within a size.</summary>
internal sealed class LogTail(Func<string, string> redact)
{
    private const int MostCharacters = 32 * 1024;
    private const int LongestLine = 2000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = [];
    private int _characters;
    private bool _isCut;

    public void Add(string line)
    {
        var kept = redact(line).Replace("\0", "", StringComparison.Ordinal);
        kept = kept.Length <= LongestLine ? kept : kept[..LongestLine] + "…";
        lock (_gate)
        {
            _lines.Enqueue(kept);
            _characters += kept.Length + 1;
            while (_characters > MostCharacters)
            {
                _characters -= _lines.Dequeue().Length + 1;
                _isCut = true;
            }
        }
    }

    /// <summary>Adds all lines of a stream until it ends.</summary>
    public async Task AddAllAsync(TextReader from)
    {
        while (await from.ReadLineAsync() is { } line)
            Add(line);
    }

    public override string ToString()
    {
        lock (_gate)
        {
            var text = new StringBuilder(_isCut ? "…\n" : "");
            foreach (var line in _lines)
                text.Append(line).Append('\n');

            return text.ToString();
        }
    }
}
