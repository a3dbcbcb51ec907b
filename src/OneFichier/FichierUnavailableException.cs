namespace OneFichier;

/// <summary>The service cannot be reached, is under maintenance or failed on its side. Whether the call was carried out may be unknown; see <see cref="MayHaveHappened"/>.</summary>
public sealed class FichierUnavailableException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierUnavailableException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Whether the request may have been carried out although no answer came.</summary>
    public bool MayHaveHappened { get; init; }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
