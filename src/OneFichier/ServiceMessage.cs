namespace OneFichier;

/// <summary>One message the service is known to send (1fichier-api §5), and what to do about it.</summary>
/// <remarks>Messages are told apart by their text. The numbers behind them drift and are kept only to recognise what a person asks about.</remarks>
/// <param name="Pattern">The text without its number; <c>*</c> stands for anything. Case is ignored.</param>
/// <param name="Reaction">What a program should do.</param>
/// <param name="Cause">Why the service says so, for a person.</param>
/// <param name="Remedy">What the person can do.</param>
/// <param name="Numbers">The numbers seen behind the text.</param>
public sealed record ServiceMessage(string Pattern, ServiceReaction Reaction, string Cause, string Remedy, params IReadOnlyList<int> Numbers)
{
    /// <summary>For locks: how long to stay away when the service does not say; otherwise zero.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What it speaks of, where it is not the account or the request in general.</summary>
    public ServiceSubject Subject { get; init; }
}

/// <summary>What a message of the service speaks of.</summary>
public enum ServiceSubject
{
    /// <summary>The account, the address or the request.</summary>
    General,

    /// <summary>The owner of one file, who may be another member.</summary>
    FileOwner,

    /// <summary>The room the account has.</summary>
    Room,
}

/// <summary>The different things a program can do about a refusal; there is one exception type for each.</summary>
public enum ServiceReaction
{
    /// <summary>Too many requests: pause everything of this key, then try again. <see cref="FichierFloodException"/></summary>
    Flood,

    /// <summary>The account or the address is locked for security: stop. <see cref="FichierLockedException"/></summary>
    Locked,

    /// <summary>The key is missing, wrong or revoked. <see cref="FichierKeyException"/></summary>
    Key,

    /// <summary>The offer of the account does not include this. <see cref="FichierSubscriptionException"/></summary>
    Subscription,

    /// <summary>Refused because of where the request comes from. <see cref="FichierLocationException"/></summary>
    Location,

    /// <summary>There is no such thing. <see cref="FichierNotFoundException"/></summary>
    NotFound,

    /// <summary>It exists, and is not for this caller: password, country, address, owner. <see cref="FichierAccessException"/></summary>
    Access,

    /// <summary>The service is not well; try later. <see cref="FichierUnavailableException"/></summary>
    Unavailable,

    /// <summary>The request makes no sense to the service. <see cref="FichierRejectedException"/></summary>
    Rejected,
}
