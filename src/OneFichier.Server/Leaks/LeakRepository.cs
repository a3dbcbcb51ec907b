using System.Globalization;

namespace OneFichier.Server.Leaks;

/// <summary>
/// Looks a git repository through: every version of every file there ever was, each once, with all branches, tags and stashes and what no branch leads to any more, and the
/// messages of commits and tags; or what the next commit would hold.
/// </summary>
/// <param name="folder">The repository, or a folder in it.</param>
/// <param name="reader">Looks each object through.</param>
/// <param name="tally">Counts.</param>
/// <param name="asHook">Whether git itself started this program, and said which index is meant.</param>
public sealed class LeakRepository(string folder, LeakReader reader, LeakTally tally, bool asHook = false)
{
    private readonly GitProgram _git = new(folder, asHook);

    /// <summary>The top folder of the repository a folder is in, itself for one without a working tree; null where there is none.</summary>
    /// <exception cref="IOException">There is no git.</exception>
    public async Task<string?> RootAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bare = await _git.AskAsync(["rev-parse", "--is-bare-repository"], cancellationToken);
            return bare.Trim() == "true" ? folder : (await _git.AskAsync(["rev-parse", "--show-toplevel"], cancellationToken)).Trim();
        }
        catch (IOException e) when (e.Message.Contains("not a git repository", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>The top folder of the repository a folder is in; null where there is none, or no git.</summary>
    public static async Task<string?> EnclosingAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await new LeakRepository(folder, new LeakReader(new LeakDetector([])), new LeakTally()).RootAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Looks the history through.</summary>
    /// <param name="allowed">What is known to be no leak.</param>
    /// <param name="found">Told of each finding.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LookAsync(AllowList allowed, Action<FoundLeak> found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var objects = await _git.AskAsync(["cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype) %(objectsize)"], cancellationToken);
        string[] ids = [.. objects.Split('\n').Select(l => l.Split(' ')).Where(p => p is [_, "blob" or "commit" or "tag", not "0"]).Select(p => p[0])];
        var findings = new List<(string Id, bool IsFile, Leak Leak)>();
        var names = await TellingNamesAsync(cancellationToken);
        await new GitObjects(_git).ReadAsync(ids, async o =>
        {
            tally.Bytes += await reader.ReadAsync(o.Content, names.GetValueOrDefault(o.Id, ""), leak => findings.Add((o.Id, o.Type == "blob", leak)), cancellationToken);
            tally.Objects++;
        }, cancellationToken);
        foreach (var (id, isFile, leak) in findings)
        {
            var origin = isFile ? await OriginAsync(id, cancellationToken) : await MessageAsync(id, cancellationToken);
            if (!allowed.Allows(origin.Path, leak))
                found(origin with { Leak = leak });
        }
    }

    /// <summary>Looks through what the next commit would hold.</summary>
    public async Task LookAtStagedAsync(AllowList allowed, Action<FoundLeak> found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        var parts = (await _git.AskAsync(["diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--diff-filter=d", "--no-ext-diff"], cancellationToken)).Split('\0');
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < parts.Length; i += 2)
        {
            // ":oldmode newmode oldid newid status", and no content behind a submodule.
            if (parts[i].Split(' ') is [_, not "160000", _, var id, _])
                paths.TryAdd(id, parts[i + 1]);
        }

        await new GitObjects(_git).ReadAsync([.. paths.Keys], async o =>
        {
            var path = paths[o.Id];
            tally.Bytes += await reader.ReadAsync(o.Content, path, leak => Tell(path, leak), cancellationToken);
            tally.Files++;
        }, cancellationToken);

        void Tell(string path, Leak leak)
        {
            if (!allowed.Allows(path, leak))
                found(new FoundLeak(path, leak, LeakPlace.Staged));
        }
    }

    /// <summary>Which of some files git leaves alone.</summary>
    public async Task<IReadOnlySet<string>> IgnoredAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var answer = await _git.AskAsync(["check-ignore", "-z", "--stdin"], cancellationToken, string.Concat(paths.Select(p => p + '\0')));
        return answer.Split('\0', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The names of files that may say what they are about.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TellingNamesAsync(CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var log = await _git.AskAsync(["log", "--all", "--reflog", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", "--diff-filter=d", "--format=", "--", ":(icase)*fichier*"], cancellationToken);
        foreach (var line in log.Split('\n'))
        {
            if (line.Split('\t') is [var change, var path] && change.Split(' ') is [_, _, _, var id, _])
                names.TryAdd(id, path);
        }

        return names;
    }

    private async Task<FoundLeak> OriginAsync(string id, CancellationToken cancellationToken)
    {
        var log = await _git.AskAsync(["log", "--all", "--reflog", "--reverse", "-m", "--root", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff", $"--find-object={id}", "--format=commit %H %cI"], cancellationToken);
        (string Commit, DateTimeOffset At)? commit = null;
        foreach (var line in log.Split('\n'))
        {
            if (line.Split(' ') is ["commit", var hash, var at])
                commit = (hash, DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
            else if (commit is { } its && line.StartsWith(':') && line.Split('\t') is [var change, var path] && change.Split(' ') is [_, _, _, var now, _] && now == id)
                return new FoundLeak(path, Nothing, LeakPlace.History) { Commit = its.Commit, Committed = its.At };
        }

        return new FoundLeak($"(object {id})", Nothing, LeakPlace.History);
    }

    private async Task<FoundLeak> MessageAsync(string id, CancellationToken cancellationToken)
    {
        var line = (await _git.AskAsync(["log", "-1", "--format=%H %cI", id], cancellationToken)).Trim().Split(' ');
        return new FoundLeak("(message)", Nothing, LeakPlace.Message) { Commit = line[0], Committed = DateTimeOffset.Parse(line[1], CultureInfo.InvariantCulture) };
    }

    private static readonly Leak Nothing = new(0, 0, "", "", LeakConfidence.Medium, "");
}
