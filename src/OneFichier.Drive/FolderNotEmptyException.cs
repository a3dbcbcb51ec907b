namespace OneFichier.Drive;

/// <summary>A folder is not empty and was therefore left alone.</summary>
public sealed class FolderNotEmptyException : FichierException
{
    /// <summary>Makes an exception about a folder.</summary>
    public FolderNotEmptyException(RemotePath path, Exception? innerException = null) : base($"The folder '{path}' is not empty.", innerException)
    {
        Path = path;
        Remedy = "Remove what is in it first, or purge it.";
    }

    /// <summary>The folder.</summary>
    public RemotePath Path { get; }
}
