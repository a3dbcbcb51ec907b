using System.IO.Enumeration;

namespace OneFichier.Server.Leaks;

/// <summary>
/// What is known to be no leak: a file <c>.fichier-allow</c> at the root of what is looked through. A line is a fingerprint (sixteen hexadecimal digits, as a finding shows it)
/// or a path, in which * stands for anything; # begins a comment.
/// </summary>
public sealed class AllowList
{
    /// <summary>What the file is called.</summary>
    public const string FileName = ".fichier-allow";

    private readonly HashSet<string> _fingerprints;
    private readonly IReadOnlyList<string> _paths;

    private AllowList(IEnumerable<string> lines)
    {
        var words = lines.Select(l => l.Split('#', 2)[0].Trim()).Where(l => l.Length > 0).ToList();
        _fingerprints = words.Where(IsFingerprint).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _paths = [.. words.Where(w => !IsFingerprint(w)).Select(w => w.Trim('/'))];
    }

    /// <summary>The list that allows nothing.</summary>
    public static AllowList Empty { get; } = new([]);

    /// <summary>Reads a list from its text.</summary>
    public static AllowList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new AllowList(text.Split('\n'));
    }

    /// <summary>The list of a folder; the empty one where there is none.</summary>
    public static AllowList Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : Empty;
    }

    /// <summary>Whether a finding is allowed.</summary>
    /// <param name="path">Where it is, from the root, with forward slashes.</param>
    /// <param name="leak">What was found.</param>
    public bool Allows(string path, Leak leak)
    {
        ArgumentNullException.ThrowIfNull(leak);
        return _fingerprints.Contains(leak.Fingerprint)
            || _paths.Any(p => FileSystemName.MatchesSimpleExpression(p, path, ignoreCase: false) || path.StartsWith(p + "/", StringComparison.Ordinal));
    }

    private static bool IsFingerprint(string word) => word.Length == 16 && word.All(char.IsAsciiHexDigit);
}
