using System.Text;

namespace OneFichier.Cli.Terminal;

/// <summary>Standard error, with secrets masked. A line is written whole, so that those of several threads do not mix.</summary>
internal sealed class RedactingWriter(TextWriter inner, Redactor redactor) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value)
    {
        if (value is not null)
            inner.Write(redactor.Clean(value));
    }

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    public override void Flush() => inner.Flush();
}
