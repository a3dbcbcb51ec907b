using System.Text;

namespace OneFichier.Server.Audit;

/// <summary>Finds where the next record goes, after whatever other processes wrote, or left half written.</summary>
internal sealed class AuditEnd(AuditFolder files)
{
    /// <param name="known">Where this process left it.</param>
    /// <returns>The last record's number and hash, and the length of the file up to its end.</returns>
    public AuditHead Find(AuditHead? known)
    {
        var length = File.Exists(files.Active) ? new FileInfo(files.Active).Length : 0;
        var noted = files.ReadHead();
        if (noted is null && length == 0 && files.Files().Count == 0)
            return known is null ? AuditHead.Nothing : known with { Length = 0 };
        if (noted is not null && noted.Length == length)
            return noted;
        return Beyond(noted ?? AuditHead.Nothing, length);
    }

    /// <summary>
    /// The note was not yet written, or the file was cut. Whole lines that go on from the note count; a last line without its end was never acknowledged and gives way; a whole one that cannot be read stays, to be found. Of a file that is shorter
    /// than noted the chain goes on from the note, so that the gap stays visible for ever.
    /// </summary>
    private AuditHead Beyond(AuditHead noted, long length)
    {
        if (length < noted.Length)
            return noted with { Length = length };
        var at = noted;
        foreach (var (text, end) in LinesAfter(noted.Length))
        {
            at = AuditText.TryRead(text, out var line, out _, out var hash) ? new AuditHead(line.N, hash, end) : at with { Length = end };
        }

        return at;
    }

    private IEnumerable<(string Text, long End)> LinesAfter(long start)
    {
        using var file = PrivateFile.Open(files.Active, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = start;
        var rest = new byte[file.Length - start];
        file.ReadExactly(rest);
        for (var at = 0; rest.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var length; at += length + 1)
            yield return (Encoding.UTF8.GetString(rest, at, length), start + at + length + 1);
    }
}
