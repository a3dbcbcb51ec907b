namespace OneFichier;

/// <summary>The service understood the call and refused it.</summary>
public sealed class FichierRejectedException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierRejectedException(string message, Exception? innerException = null) : base(message, innerException) { }
}
