namespace OneFichier.Drive.Migration;

/// <summary>Which failures are those of one file, and which of everything.</summary>
internal static class Failures
{
    /// <summary>Whether no file can succeed while this is so: the key, the offer, a lock of the account or a flood.</summary>
    public static bool IsFatal(Exception? error) => error is FichierException { ConcernsAll: true } or OperationCanceledException;

    public static void ThrowIfFatal(Exception? error)
    {
        if (error is not null && IsFatal(error))
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
    }

    public static bool IsOfOneFile(Exception error, CancellationToken cancellationToken) =>
        error is IOException or UnauthorizedAccessException or HttpRequestException or FichierException or TimeoutException or OperationCanceledException
        && !(error is OperationCanceledException && cancellationToken.IsCancellationRequested) && (error is OperationCanceledException || !IsFatal(error));

    public static string Words(Exception? error) => error switch
    {
        null => "It was not stored, and nobody said why.",
        FichierException { Remedy.Length: > 0 } e => $"{e.Message} {e.Remedy}",
        _ => error.Message,
    };
}
