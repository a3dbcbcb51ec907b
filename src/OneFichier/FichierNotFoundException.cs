namespace OneFichier;

/// <summary>There is no such file, folder or share.</summary>
public sealed class FichierNotFoundException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierNotFoundException(string message, Exception? innerException = null) : base(message, innerException) { }
}
