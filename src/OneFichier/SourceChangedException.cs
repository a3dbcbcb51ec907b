namespace OneFichier;

/// <summary>A file became shorter while it was being sent; nothing of the session was stored.</summary>
public sealed class SourceChangedException : FichierException
{
    /// <summary>Names the file.</summary>
    public SourceChangedException(string name) : base($"'{name}' became shorter while it was being sent.") => FileName = name;

    /// <summary>The file.</summary>
    public string FileName { get; }
}
