using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Drive.Access;

namespace OneFichier.Gateways;

/// <summary>How a failure is answered.</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Message">One sentence that tells the client nothing it may not know.</param>
public sealed record GatewayError(int Status, string Message)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>When to come back, where that is worth saying.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The one table from exceptions to statuses, for every face. A face with another word for a case (as 412 for a name that is taken) says it before asking here.</summary>
    public static GatewayError Of(Exception exception, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(time);
        return exception switch
        {
            BadHttpRequestException e => new(e.StatusCode, e.Message),
            ByteBudgetException e => new(e.Flow == ByteFlow.Up ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status403Forbidden, e.Message),
            UnauthorizedAccessException e => new(StatusCodes.Status403Forbidden, e.Message),
            PathNotFoundException or FichierNotFoundException => new(StatusCodes.Status404NotFound, "There is nothing here."),
            NameTakenException => new(StatusCodes.Status409Conflict, "There is something at that place already."),
            FolderNotEmptyException => new(StatusCodes.Status409Conflict, "The folder is not empty."),
            ArgumentOutOfRangeException => new(StatusCodes.Status416RangeNotSatisfiable, "The file has no such range."),
            FichierException e => OfService(e, time),
            NotSupportedException => new(StatusCodes.Status501NotImplemented, "That cannot be done here."),
            IOException { InnerException: OverflowException } => new(StatusCodes.Status400BadRequest, "The body cannot be read."),
            PathTooLongException => new(StatusCodes.Status400BadRequest, "A name is longer than can be stored."),
            FileTooLargeException => new(StatusCodes.Status413PayloadTooLarge, "The file is larger than can be stored."),
            IOException e when IsDiskFull(e) => new(StatusCodes.Status507InsufficientStorage, "There is no room on the gateway's disk."),
            IOException => new(StatusCodes.Status503ServiceUnavailable, "The storage cannot be reached now.") { RetryAfter = Soon },
            _ => new(StatusCodes.Status500InternalServerError, "Something went wrong in the gateway; its log says what."),
        };
    }

    private static GatewayError OfService(FichierException exception, TimeProvider time) => exception switch
    {
        FichierIntegrityException => new(StatusCodes.Status502BadGateway, "The content did not match its checksum."),
        FichierSourceException => new(StatusCodes.Status502BadGateway, "The content changed while it was read."),
        FichierRejectedException { ServiceText: null } => new(StatusCodes.Status400BadRequest, "This cannot be stored as it is named."),
        FichierSubscriptionException => new(StatusCodes.Status507InsufficientStorage, "The account's offer does not allow this."),
        FichierLockedException or FichierKeyException => new(StatusCodes.Status503ServiceUnavailable, "The account cannot be used now; its owner must act."),
        { IsTransient: true } => new(StatusCodes.Status503ServiceUnavailable, "The service wants a pause; nothing was done.") { RetryAfter = Wait(exception, time) },
        _ => new(StatusCodes.Status502BadGateway, "The service refused this."),
    };

    private static TimeSpan Wait(FichierException exception, TimeProvider time) =>
        exception.RetryAt is { } at && at - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : Soon;

    private static bool IsDiskFull(IOException exception) => exception.HResult is 28 or 122 or unchecked((int)0x80070070);
}
