namespace OneFichier.Drive;

/// <summary>There is nothing of that kind at that path, and the service has been asked lately enough to be sure.</summary>
public sealed class PathNotFoundException : FichierException
{
    /// <summary>Makes an exception about a path.</summary>
    public PathNotFoundException(RemotePath path, EntryKind kind, Exception? innerException = null)
        : base(kind == EntryKind.Folder ? $"There is no folder '{path}'." : kind == EntryKind.File ? $"There is no file '{path}'." : $"There is no file or folder '{path}'.", innerException)
    {
        Path = path;
        Kind = kind;
        Remedy = "List the folder above it to see what is there.";
    }

    /// <summary>What was looked for.</summary>
    public RemotePath Path { get; }

    /// <summary>What it was expected to be.</summary>
    public EntryKind Kind { get; }
}
