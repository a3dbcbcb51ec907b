namespace OneFichier;

/// <summary>The account or the address is locked for security reasons. Trying again makes it worse; the owner must act.</summary>
public sealed class FichierLockedException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierLockedException(string message, Exception? innerException = null) : base(message, innerException) { }
}
