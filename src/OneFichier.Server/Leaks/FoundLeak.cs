namespace OneFichier.Server.Leaks;

/// <summary>Where something was looked for.</summary>
public enum LeakPlace
{
    /// <summary>A file as it is now.</summary>
    File,

    /// <summary>A file in the history of a repository.</summary>
    History,

    /// <summary>The message of a commit or a tag.</summary>
    Message,

    /// <summary>What the next commit would hold.</summary>
    Staged,
}

/// <summary>A key that lies open, and where.</summary>
/// <param name="Path">The file.</param>
/// <param name="Leak">The finding.</param>
/// <param name="Place">In what it was found.</param>
public sealed record FoundLeak(string Path, Leak Leak, LeakPlace Place)
{
    /// <summary>The commit that brought it in; null where it is in none that can be reached.</summary>
    public string? Commit { get; init; }

    /// <summary>When that commit was made.</summary>
    public DateTimeOffset? Committed { get; init; }

    /// <summary>Whether git leaves the file alone, so that it is on this machine only.</summary>
    public bool IsIgnored { get; init; }
}

/// <summary>What was looked through, and what could not be.</summary>
public sealed class LeakTally
{
    /// <summary>Files read.</summary>
    public int Files { get; set; }

    /// <summary>Versions of files, messages of commits and tags read in histories.</summary>
    public int Objects { get; set; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; set; }

    /// <summary>What could not be read, and why.</summary>
    public IList<(string Path, string Reason)> Unreadable { get; } = [];
}
