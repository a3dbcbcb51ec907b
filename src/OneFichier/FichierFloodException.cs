namespace OneFichier;

/// <summary>The request budget is spent, or the service has locked the key for a while. Nothing was done; <see cref="FichierException.RetryAt"/> says when to come back.</summary>
public sealed class FichierFloodException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierFloodException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <inheritdoc/>
    public override bool ConcernsAll => true;

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
