using System.Net;

namespace OneFichier.Wire;

/// <summary>Turns what the service said into the exception a caller can act on.</summary>
internal static class Refusals
{
    public static FichierException ToException(HttpStatusCode status, string? text, string endpoint, DateTimeOffset now)
    {
        var known = ServiceMessages.Match(text);
        var reaction = known?.Reaction ?? FromStatus(status);
        var message = known is null ? Plain(status, text, endpoint) : $"{known.Cause} (The service said: {text})";
        return reaction switch
        {
            ServiceReaction.Flood => new FichierFloodException(message) { ServiceText = text, Known = known, RetryAt = now + (known?.Pause ?? TimeSpan.FromSeconds(30)) },
            ServiceReaction.Locked => new FichierLockedException(message) { ServiceText = text, Known = known },
            ServiceReaction.Key => new FichierKeyException(message) { ServiceText = text, Known = known, Remedy = KeyRemedy(known) },
            ServiceReaction.Subscription => new FichierSubscriptionException(message) { ServiceText = text, Known = known },
            ServiceReaction.Location => Location(message, text, known, now),
            ServiceReaction.NotFound => new FichierNotFoundException(message) { ServiceText = text, Known = known },
            ServiceReaction.Access => new FichierAccessException(message) { ServiceText = text, Known = known },
            ServiceReaction.Unavailable => new FichierUnavailableException(message) { ServiceText = text, Known = known, MayHaveHappened = (int)status is 500 or 502 or 504 },
            _ => new FichierRejectedException(message) { ServiceText = text, Known = known },
        };
    }

    private static FichierLocationException Location(string message, string? text, ServiceMessage? known, DateTimeOffset now)
    {
        var passes = known?.Pause > TimeSpan.Zero;
        return new FichierLocationException(message) { ServiceText = text, Known = known, SecondAddress = passes, RetryAt = passes ? now + known!.Pause : null };
    }

    private static ServiceReaction FromStatus(HttpStatusCode status) => (int)status switch
    {
        401 => ServiceReaction.Key,
        404 or 410 => ServiceReaction.NotFound,
        429 or 509 => ServiceReaction.Flood,
        >= 500 => ServiceReaction.Unavailable,
        _ => ServiceReaction.Rejected,
    };

    private static string Plain(HttpStatusCode status, string? text, string endpoint) =>
        string.IsNullOrWhiteSpace(text)
            ? $"The service answered {endpoint} with HTTP {(int)status} and no message."
            : $"The service refused {endpoint}: {text}";

    private static string KeyRemedy(ServiceMessage? known) =>
        known?.Remedy ?? $"Make or copy the key at {ApiKey.PageUrl}, then run: fichier login";
}
