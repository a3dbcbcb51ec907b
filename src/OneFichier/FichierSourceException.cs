namespace OneFichier;

/// <summary>A file that was to be sent cannot be read, or became shorter while it was being sent. Nothing of its session was stored.</summary>
public sealed class FichierSourceException : FichierException
{
    /// <summary>Names the file and what happened to it.</summary>
    public FichierSourceException(string fileName, string problem, Exception? innerException = null) : base($"'{fileName}' {problem}.", innerException) =>
        FileName = fileName;

    /// <summary>The file.</summary>
    public string FileName { get; }
}
