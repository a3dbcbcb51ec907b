using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>The one table from what goes wrong to what a client is told.</summary>
internal static class DavFailures
{
    private const int NoSpaceOnUnix = 28;
    private const int OverQuotaOnUnix = 122;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullOnWindows = unchecked((int)0x80070027);

    public static int StatusOf(Exception failure) => failure switch
    {
        DavException e => e.Status,
        BadHttpRequestException e => e.StatusCode,
        UnauthorizedAccessException or FichierAccessException => StatusCodes.Status403Forbidden,
        PathNotFoundException or FichierNotFoundException => StatusCodes.Status404NotFound,
        NameTakenException or FolderNotEmptyException => StatusCodes.Status409Conflict,
        FichierLockedException or FichierException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        FichierException => StatusCodes.Status502BadGateway,
        IOException { HResult: NoSpaceOnUnix or OverQuotaOnUnix or DiskFullOnWindows or HandleDiskFullOnWindows } => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>A sentence for a person; the library's own are meant to be read, those of the system may tell what is none of a client's business.</summary>
    public static string? TextOf(Exception failure) => failure switch
    {
        FichierException e => $"{e.Message} {e.Remedy}".TrimEnd(),
        IOException when StatusOf(failure) == StatusCodes.Status507InsufficientStorage => "There is no room left.",
        _ => null,
    };

    /// <summary>Seconds a client should wait before it comes back, where it should.</summary>
    public static int? RetryAfter(Exception failure, TimeProvider time) =>
        StatusOf(failure) != StatusCodes.Status503ServiceUnavailable ? null
        : (failure as FichierException)?.RetryAt is { } at ? (int)Math.Clamp(Math.Ceiling((at - time.GetUtcNow()).TotalSeconds), 1, 3600)
        : 60;
}
