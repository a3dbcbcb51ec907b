using System.Net.Sockets;
using OneFichier.Drive;

namespace OneFichier.Cli.Terminal;

/// <summary>How the program ends for an exception.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Remedy">What to do about it; may be empty.</param>
/// <param name="RetryAt">When to come back, where that is known.</param>
/// <param name="ServiceText">What the service said, word for word.</param>
internal sealed record Failure(int ExitCode, string Message, string Remedy = "", DateTimeOffset? RetryAt = null, string? ServiceText = null)
{
    /// <summary>The one table from exceptions to exit codes.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        CliException e => new(e.ExitCode, e.Message, e.Remedy),
        OperationCanceledException => new(ExitCodes.Interrupted, "Interrupted."),
        FichierException e => new(CodeOf(e), e.Message, e.Remedy, e.RetryAt, e.ServiceText),
        DirectoryNotFoundException e => new(ExitCodes.FolderNotFound, e.Message),
        FileNotFoundException e => new(ExitCodes.FileNotFound, e.Message),
        HttpRequestException or SocketException or TimeoutException =>
            new(ExitCodes.Temporary, exception.Message, "Check the network, then try again."),
        UnauthorizedAccessException e => new(ExitCodes.Failed, e.Message, "Check the rights of the file or folder."),
        _ => new(ExitCodes.Failed, exception.Message),
    };

    private static int CodeOf(FichierException exception) => exception switch
    {
        PathNotFoundException { Kind: EntryKind.Folder } => ExitCodes.FolderNotFound,
        FichierNotFoundException or PathNotFoundException => ExitCodes.FileNotFound,
        FichierKeyException => ExitCodes.Key,
        FichierIntegrityException => ExitCodes.Integrity,
        FichierLockedException or FichierSubscriptionException => ExitCodes.Fatal,
        FichierLocationException { IsTransient: false } => ExitCodes.Fatal,
        { IsTransient: true } => ExitCodes.Temporary,
        _ => ExitCodes.Failed,
    };
}
