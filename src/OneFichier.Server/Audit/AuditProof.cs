namespace OneFichier.Server.Audit;

/// <summary>Follows the chain line by line. After something wrong it goes on from what the line itself says, so that one change is one problem.</summary>
internal sealed class AuditProof
{
    private readonly List<AuditProblem> _problems = [];
    private string _file = "";
    private long _line;
    private long _records;
    private long _n;
    private string _hash = AuditText.NoHash;

    public void Enter(string file) => (_file, _line) = (file, 0);

    public void Add(string text)
    {
        _line++;
        _records++;
        if (!AuditText.TryRead(text, out var line, out var covered, out var hash))
        {
            Say("is no record");
            return;
        }

        if (_n == 0 && line is { Verb: "begin", Prev.Length: AuditText.HashLength })
            (_n, _hash) = (line.N - 1, line.Prev);
        Judge(line, covered, hash);
        (_n, _hash) = (line.N, hash);
    }

    public AuditVerdict End(AuditHead? noted)
    {
        (_file, _line) = ("audit.head", 0);
        if (noted is null && _records > 0)
            Say("is missing, so that records missing at the end would not be seen");
        else if (noted is not null && noted.N > _n)
            Say($"knows of record {noted.N}, but the log ends with {_n}: {noted.N - _n} are missing");
        else if (noted is not null && noted.N == _n && _hash != noted.Hash)
            Say($"has another hash for record {noted.N}: the end of the log was written anew");
        return new AuditVerdict(_records, _problems) { Head = _hash };
    }

    private void Judge(AuditLine line, string covered, string hash)
    {
        if (line.N > _n + 1)
            Say(line.N == _n + 2 ? $"is record {line.N}: record {_n + 1} is missing before it" : $"is record {line.N}: records {_n + 1} to {line.N - 1} are missing before it");
        else if (line.N <= _n)
            Say($"is record {line.N}, which does not belong after {_n}: lines were moved or doubled");
        else if (AuditText.HashOf(_hash, covered) != hash)
            Say($"(record {line.N}) does not match its hash: it was changed, or the one before it");
    }

    private void Say(string what) => _problems.Add(new AuditProblem(_file, _line, what));
}
