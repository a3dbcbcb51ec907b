namespace OneFichier.Drive.Sync;

/// <summary>Which errors of one item say that no other can succeed.</summary>
internal static class FatalErrors
{
    private const int PosixNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool IsFatal(this Exception error) =>
        error is FichierKeyException or FichierLockedException or FichierSubscriptionException || IsDiskFull(error) || error.InnerException?.IsFatal() == true;

    private static bool IsDiskFull(Exception error) => error is IOException && error.HResult is PosixNoSpace or WindowsDiskFull or WindowsHandleDiskFull;
}
