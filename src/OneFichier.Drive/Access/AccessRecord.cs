namespace OneFichier.Drive.Access;

/// <summary>Who does something.</summary>
/// <param name="Token">The token's id; empty when nobody is known.</param>
/// <param name="User">The name it goes by.</param>
/// <param name="Face">The face it came through.</param>
/// <param name="From">The address it came from.</param>
public sealed record AccessCaller(string Token, string User, string Face, string From);

/// <summary>How something ended.</summary>
public enum AccessOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not allowed.</summary>
    Refused,

    /// <summary>It was allowed and went wrong.</summary>
    Failed,
}

/// <summary>The words of the audit log for what is done.</summary>
public static class AccessVerb
{
    /// <summary>A caller asked to be let in.</summary>
    public const string Login = "login";

    /// <summary>A folder was listed.</summary>
    public const string List = "list";

    /// <summary>A file was opened for reading.</summary>
    public const string Open = "open";

    /// <summary>What was read of a file.</summary>
    public const string Read = "read";

    /// <summary>A file was written.</summary>
    public const string Put = "put";

    /// <summary>A folder was made.</summary>
    public const string MakeFolder = "mkdir";

    /// <summary>A file or folder was moved or renamed.</summary>
    public const string Move = "move";

    /// <summary>A file or folder was removed.</summary>
    public const string Remove = "remove";

    /// <summary>A file was copied on the service.</summary>
    public const string Copy = "copy";

    /// <summary>An address was handed out that serves the content past the gateway.</summary>
    public const string Link = "link";

    /// <summary>The service was asked to fetch addresses into a folder.</summary>
    public const string Fetch = "fetch";

    /// <summary>A modification time was set.</summary>
    public const string SetTime = "touch";
}

/// <summary>One line of the audit log: who, what, and how it ended.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Verb">One of <see cref="AccessVerb"/>.</param>
/// <param name="Path">On what, from the root of what is served, with a leading slash.</param>
public sealed record AccessRecord(AccessCaller Caller, string Verb, string Path)
{
    /// <summary>Where it went, of a move or copy.</summary>
    public string? Target { get; init; }

    /// <summary>How it ended.</summary>
    public AccessOutcome Outcome { get; init; }

    /// <summary>Why it did not end well. MUST hold no secret.</summary>
    public string? Reason { get; init; }

    /// <summary>How many bytes went, where bytes did.</summary>
    public long? Bytes { get; init; }
}

/// <summary>Keeps records for ever, in the order they come.</summary>
public interface IAccessLog
{
    /// <summary>Keeps records. When this returns they survive the end of the process. What is recorded has happened: this cannot be cancelled.</summary>
    /// <exception cref="IOException">They could not be kept; whoever asked for the work is told that it failed.</exception>
    ValueTask RecordAsync(IReadOnlyList<AccessRecord> records);
}
