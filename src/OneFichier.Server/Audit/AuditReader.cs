using System.Runtime.CompilerServices;

namespace OneFichier.Server.Audit;

/// <summary>Something in a log that is not as it was written.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line in it, from one; zero for the file as a whole.</param>
/// <param name="Problem">What is wrong, in a sentence.</param>
public sealed record AuditProblem(string File, long Line, string Problem);

/// <summary>What looking through a whole log found.</summary>
/// <param name="Records">How many lines were read.</param>
/// <param name="Problems">What is wrong; empty when all is as it was written.</param>
public sealed record AuditVerdict(long Records, IReadOnlyList<AuditProblem> Problems)
{
    /// <summary>The hash of the last record: noted elsewhere, it proves later that all before it is still the same.</summary>
    public string Head { get; init; } = AuditText.NoHash;
}

/// <summary>Reads and proves a log.</summary>
public sealed class AuditReader(string folder)
{
    private readonly AuditFolder _files = new(folder);

    /// <summary>All records, the oldest first; lines that cannot be read are left out, and <see cref="VerifyAsync"/> names them.</summary>
    public async IAsyncEnumerable<AuditLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var file in _files.Files())
        {
            await foreach (var text in Lines(file, cancellationToken))
            {
                if (AuditText.TryRead(text, out var line, out _, out _))
                    yield return line;
            }
        }
    }

    /// <summary>Checks every hash and number, and the end against the note of it. What is written meanwhile counts as far as it is seen.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var noted = _files.ReadHead();
        var proof = new AuditProof();
        foreach (var file in _files.Files())
        {
            proof.Enter(Path.GetFileName(file));
            await foreach (var text in Lines(file, cancellationToken))
                proof.Add(text);
        }

        return proof.End(noted);
    }

    private static async IAsyncEnumerable<string> Lines(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = PrivateFile.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
    }
}
