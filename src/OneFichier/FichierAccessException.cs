namespace OneFichier;

/// <summary>The file or folder exists, but not for this caller: password, country, address or owner.</summary>
public sealed class FichierAccessException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierAccessException(string message, Exception? innerException = null) : base(message, innerException) { }
}
