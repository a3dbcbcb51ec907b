namespace OneFichier.Drive.Remote;

/// <summary>Refusals told apart by what a tree does about them.</summary>
internal static class Unanswered
{
    /// <summary>Whether the call may have been carried out although its answer was lost.</summary>
    public static bool MayHaveHappened(FichierException e) =>
        e is FichierUnavailableException { MayHaveHappened: true } or FichierProtocolException;

    /// <summary>Whether the service says no to this very thing: it is not there, not allowed, or makes no sense.</summary>
    public static bool IsRefusal(FichierException e) =>
        e is FichierNotFoundException or FichierRejectedException or FichierAccessException;
}
