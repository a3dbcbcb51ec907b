namespace OneFichier;

/// <summary>The account or the address is locked for security reasons. Trying again makes it worse; the owner must act.</summary>
public sealed class FichierLockedException : FichierException
{
    /// <summary>Makes an exception from what happened.</summary>
    public FichierLockedException(string message, Exception? innerException = null) : base(message, innerException) { }

    /// <summary>Whether it is an account of this key that is locked. The lock of a file's owner may be that of another (1fichier-api §5): then other files can still be had.</summary>
    public override bool ConcernsAll => Known?.Subject != ServiceSubject.FileOwner;
}
