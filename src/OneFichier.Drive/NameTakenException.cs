namespace OneFichier.Drive;

/// <summary>There is an entry of that name already, and it may not be replaced. Nothing was changed.</summary>
public sealed class NameTakenException : FichierException
{
    /// <summary>Makes an exception about a path.</summary>
    public NameTakenException(RemotePath path, Exception? innerException = null) : base($"There is already something at '{path}'.", innerException)
    {
        Path = path;
        Remedy = "Choose another name, or remove what is there.";
    }

    /// <summary>The place that is taken.</summary>
    public RemotePath Path { get; }
}
