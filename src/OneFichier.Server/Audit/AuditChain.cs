using System.Text;
using OneFichier.Drive.Access;

namespace OneFichier.Server.Audit;

/// <summary>Lines to be appended, each with its number and hash.</summary>
internal sealed class AuditChain(AuditHead end, DateTimeOffset now)
{
    private readonly StringBuilder _text = new();

    public long N { get; private set; } = end.N;

    public string Hash { get; private set; } = end.Hash;

    public string Text => _text.ToString();

    public int Bytes => _text.Length;

    /// <summary>Opens a file.</summary>
    public void Begin() => Write(new AuditLine(N + 1, now, "begin") { Prev = Hash });

    public void Add(AccessRecord record) => Write(AuditLine.Of(record, N + 1, now));

    private void Write(AuditLine line)
    {
        var (text, hash) = AuditText.Write(line, Hash);
        _text.Append(text).Append('\n');
        (N, Hash) = (line.N, hash);
    }
}
