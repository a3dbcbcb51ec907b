using System.Text;

namespace OneFichier.Gateways.Strm;

/// <summary>One run over the folder: compares what is wanted, what is on record and what is on the disk.</summary>
internal sealed class StrmUpdate(string folder, StrmRecord record, SortedDictionary<string, string> wanted)
{
    private const string NewName = ".fichier-strm.new";

    private readonly List<StrmChange> _changes = [];
    private readonly StrmRecord _after = new();
    private int _unchanged;

    public required bool MayRemove { get; init; }

    /// <summary>Whether what is written is for the owner of the folder alone.</summary>
    public required bool IsPrivate { get; init; }

    public StrmResult Plan()
    {
        foreach (var (path, content) in wanted)
            Judge(path, content);
        foreach (var path in Gone())
            JudgeGone(path);
        return Result();
    }

    public async Task<StrmResult> RunAsync(CancellationToken cancellationToken)
    {
        _ = Plan();
        var planned = _changes.ToList();
        _changes.Clear();
        if (planned.Count > 0)
            await Announced(planned).WriteAsync(folder, cancellationToken);
        foreach (var change in planned)
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            Act(change);
        }

        RemoveEmptyFolders();
        cancellationToken.ThrowIfCancellationRequested();
        if (planned.Count > 0 || !_after.Says(record))
            await _after.WriteAsync(folder, CancellationToken.None);
        return Result();
    }

    private IEnumerable<string> Gone() => record.Files.Keys.Where(p => !wanted.ContainsKey(p)).ToList();

    private StrmResult Result() => new([.. _changes.OrderBy(c => c.Path, StringComparer.Ordinal)], _unchanged);

    private void Judge(string path, string content)
    {
        var digest = StrmRecord.DigestOf(content);
        switch (DigestAt(path))
        {
            case null:
                _changes.Add(new StrmChange(StrmAct.Added, path));
                break;
            case var there when there == digest:
                _unchanged++;
                _after.Files[path] = [digest];
                break;
            case var there when IsOurs(path, there):
                _changes.Add(new StrmChange(StrmAct.Updated, path));
                break;
            default:
                _changes.Add(new StrmChange(StrmAct.Kept, path, "it was not written by this program, or was changed since"));
                break;
        }
    }

    private void JudgeGone(string path)
    {
        if (DigestAt(path) is not { } there)
            return;
        if (!MayRemove)
            _after.Files[path] = record.Files[path];
        else if (IsOurs(path, there))
            _changes.Add(new StrmChange(StrmAct.Removed, path));
        else
            _changes.Add(new StrmChange(StrmAct.Kept, path, "it was changed since this program wrote it"));
    }

    private bool IsOurs(string path, string digest) => record.Files.TryGetValue(path, out var known) && known.Contains(digest);

    private string? DigestAt(string path)
    {
        var file = new FileInfo(At(path));
        return !file.Exists ? Directory.Exists(file.FullName) ? "" : null
            : file.Length > 64 * 1024 ? "" : StrmRecord.DigestOf(File.ReadAllBytes(file.FullName));
    }

    private string At(string path) => Path.Combine(folder, path);

    /// <summary>The record while the work goes on: every file may be as it was or as it will be.</summary>
    private StrmRecord Announced(IEnumerable<StrmChange> planned)
    {
        var during = new StrmRecord { Folders = [.. record.Folders] };
        foreach (var (path, digests) in record.Files)
            during.Files[path] = digests;
        foreach (var (path, digests) in _after.Files)
            during.Files[path] = digests;
        foreach (var change in planned.Where(c => c.Act is StrmAct.Added or StrmAct.Updated))
        {
            during.Files[change.Path] = [.. record.Files.GetValueOrDefault(change.Path, []).Append(StrmRecord.DigestOf(wanted[change.Path])).Distinct()];
            during.Folders.UnionWith(FoldersOf(change.Path).Where(f => !Directory.Exists(At(f))));
        }

        _after.Folders.UnionWith(during.Folders);
        return during;
    }

    private void Act(StrmChange change)
    {
        try
        {
            if (change.Act is StrmAct.Added or StrmAct.Updated)
                Write(change.Path, wanted[change.Path], overwrite: change.Act == StrmAct.Updated);
            else if (change.Act == StrmAct.Removed)
                File.Delete(At(change.Path));
            _changes.Add(change);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (record.Files.TryGetValue(change.Path, out var known))
                _after.Files[change.Path] = known;
            _changes.Add(new StrmChange(StrmAct.Failed, change.Path, e.Message));
        }
    }

    private void Write(string path, string content, bool overwrite)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        var aside = Path.Combine(folder, NewName);
        File.Delete(aside);
        using (var file = IsPrivate ? PrivateFile.Open(aside, FileMode.CreateNew, FileAccess.Write) : new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            file.Write(Encoding.UTF8.GetBytes(content));
        File.Move(aside, At(path), overwrite);
        _after.Files[path] = [StrmRecord.DigestOf(content)];
    }

    private void RemoveEmptyFolders()
    {
        foreach (var made in _after.Folders.Reverse().Where(f => !_after.Files.Keys.Any(p => p.StartsWith(f + "/", StringComparison.Ordinal))).ToList())
        {
            if (Directory.Exists(At(made)) && Directory.EnumerateFileSystemEntries(At(made)).Any())
                continue;
            _after.Folders.Remove(made);
            if (Directory.Exists(At(made)))
                Directory.Delete(At(made));
        }
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var cut = path.IndexOf('/', StringComparison.Ordinal); cut >= 0; cut = path.IndexOf('/', cut + 1))
            yield return path[..cut];
    }
}
