namespace OneFichier;

/// <summary>The account's offer does not include this call.</summary>
public sealed class FichierSubscriptionException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierSubscriptionException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <inheritdoc/>
    public override bool ConcernsAll => true;
}
