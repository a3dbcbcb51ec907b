namespace OneFichier;

/// <summary>There is no key, or the service refuses it.</summary>
public sealed class FichierKeyException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierKeyException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <inheritdoc/>
    public override bool ConcernsAll => true;
}
