using System.IO.Enumeration;

namespace OneFichier;

/// <summary>The messages of the service, as data: matched by text, never by number (1fichier-api §5). Feeds the exceptions and <c>fichier explain</c>.</summary>
public static class ServiceMessages
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>All known messages; an earlier one wins where two match.</summary>
    public static IReadOnlyList<ServiceMessage> All { get; } =
    [
        new("*Flood detected: IP Locked*", ServiceReaction.Flood,
            "More requests came from this address than the service allows (about two or three a second).",
            "Wait until the lock ends; fichier does so by itself. Run other tools that use the same key one at a time.", 38, 374, 412) { Pause = HalfMinute },
        new("*Flood detected: User APK Locked*", ServiceReaction.Flood,
            "This API key was used more often than the service allows.",
            "Wait five minutes; fichier does so by itself. Look for another program that uses the same key.") { Pause = FiveMinutes },
        new("*Flood detected: User Locked*", ServiceReaction.Flood,
            "The account was asked about itself more often than once in five minutes.",
            "Wait five minutes; fichier does so by itself. Look for another program that uses the same account.", 223) { Pause = FiveMinutes },
        new("*Flood detected*", ServiceReaction.Flood,
            "More requests were made than the service allows.",
            "Wait until the lock ends; fichier does so by itself.") { Pause = HalfMinute },
        new("*Your requests are too fast*", ServiceReaction.Flood,
            "Requests followed each other faster than the service allows.",
            "Wait half a minute; fichier does so by itself.") { Pause = HalfMinute },
        new("*login try per*", ServiceReaction.Locked,
            "Too many failed logins: the address or the account is locked for up to an hour.",
            "Wait an hour, and stop whatever tries to log in with a wrong password.") { Pause = TimeSpan.FromHours(1) },
        new("*IP Locked*", ServiceReaction.Flood,
            "This address is locked, usually for an hour, after too many requests or failed logins.",
            "Do not try again before the hour is over: each attempt may prolong it.", 186) { Pause = TimeSpan.FromHours(1) },
        new("*Owner locked*", ServiceReaction.Locked,
            "The account that owns this file is locked: your own, or the one of whoever uploaded it.",
            "If it is yours, log in on the web site and follow what it asks for; if not, nothing can be done from here.", 620) { Subject = ServiceSubject.FileOwner },
        new("*account*locked*", ServiceReaction.Locked,
            "The account is locked for security, as after failed logins or while a new password is due.",
            "Log in on the web site and follow what it asks for."),
        new("*Not authenticated*", ServiceReaction.Key,
            "The request carried no key, or one the service does not know.",
            $"Make or copy the key at {ApiKey.PageUrl}, then run: fichier login"),
        new("*No such user*", ServiceReaction.Key,
            "The key was revoked or mistyped, or the account is locked until its password is reset.",
            $"See whether you can log in on the web site; then make a new key at {ApiKey.PageUrl} and run: fichier login", 93, 142),
        new("*Bad token*", ServiceReaction.Key,
            "The key is not one the service knows.",
            $"Make or copy the key at {ApiKey.PageUrl}, then run: fichier login"),
        new("*Must be a customer*", ServiceReaction.Subscription,
            "Direct downloads by API are for Premium and Access accounts, or for CDN credits.",
            "Renew the subscription, or download on the web site.", 200, 236),
        new("*Only * location* allowed at a time*", ServiceReaction.Location,
            "A download token was asked for from a second address; a Premium account downloads from one address at a time.",
            "Wait some minutes after the other download ended, or use CDN credits (--cdn). Do not mix IPv4 and IPv6.", 887) { Pause = FiveMinutes },
        new("*professional*CDN*", ServiceReaction.Location,
            "Premium downloads are refused from data centre and VPN addresses.",
            "Download from home, or with CDN credits (--cdn). Uploads are not affected.", 913),
        new("*professional services*", ServiceReaction.Location,
            "Premium downloads are refused from data centre and VPN addresses.",
            "Download from home, or with CDN credits (--cdn). Uploads are not affected.", 913),
        new("*only allowed to be used on residential*", ServiceReaction.Location,
            "Premium downloads are refused from data centre and VPN addresses.",
            "Download from home, or with CDN credits (--cdn). Uploads are not affected.", 913),
        new("*requires usage of CDN credits*", ServiceReaction.Location,
            "Premium downloads are refused from data centre and VPN addresses.",
            "Download from home, or with CDN credits (--cdn). Uploads are not affected."),
        new("*Resource not found*", ServiceReaction.NotFound,
            "There is no file or folder behind this link or number; it was removed, or the link is mistyped.",
            "Check the link; list the folder with: fichier ls --refresh", 469),
        new("*Invalid password*", ServiceReaction.Access,
            "The file is protected, and the password is wrong.", "Give the right one with --password."),
        new("*Password not provided*", ServiceReaction.Access,
            "The file is protected by a password.", "Give it with --password."),
        new("*Resource not allowed*", ServiceReaction.Access,
            "The file is private, or restricted to certain countries, addresses or accounts, or needs a password.",
            "Ask its owner, or give the password with --password.", 631),
        new("*No file has been renamed*", ServiceReaction.Rejected,
            "The file already has that name, or the link matched nothing.", "Nothing needs to be done if the name is right.", 312),
        new("*Content-Type not JSON*", ServiceReaction.Rejected,
            "The request lacked the header Content-Type: application/json.",
            "This is a fault of the program that asked; with curl add -H 'Content-Type: application/json'.", 24),
        new("*Pas de fichier trouv*", ServiceReaction.Rejected,
            "The upload node could not read the form: an empty file, or a multipart body it does not accept.",
            "Empty files cannot be stored as they are; anything else is a fault of the program that sent it."),
        new("*Ne peut ouvrir le fichier destination*", ServiceReaction.Unavailable,
            "The upload node has trouble with its storage.", "Send again; fichier does so once, through another node."),
        new("*quota*", ServiceReaction.Rejected,
            "The storage of the account is full.", "Make room, or extend the cold storage; see: fichier account") { Subject = ServiceSubject.Room },
        new("*another folder*", ServiceReaction.Rejected,
            "There is already a folder of that name.", "Choose another name, or use the folder that is there."),
        new("*another file*name*", ServiceReaction.Rejected,
            "There is already a file of that name.", "Choose another name, or remove the file that is there."),
        new("*maintenance*", ServiceReaction.Unavailable, "The service is under maintenance.", "Try again later."),
        new("*Software error*", ServiceReaction.Unavailable, "The service failed on its side.", "Try again later."),
        new("*Can't connect DB*", ServiceReaction.Unavailable, "The service failed on its side.", "Try again later."),
    ];

    /// <summary>Finds the entry for a message as the service sent it, number and all.</summary>
    /// <returns>The entry, or <see langword="null"/> for a message not known yet.</returns>
    public static ServiceMessage? Match(string? text)
    {
        var plain = WithoutNumber(text);
        return plain.Length == 0 ? null : All.FirstOrDefault(m => FileSystemName.MatchesSimpleExpression(m.Pattern, plain));
    }

    /// <summary>The entries in which a number has been seen; the numbers drift, so this is a hint for a person and never a decision.</summary>
    public static IEnumerable<ServiceMessage> WithNumber(int number) => All.Where(m => m.Numbers.Contains(number));

    /// <summary>The message without the trailing <c>#123</c>.</summary>
    public static string WithoutNumber(string? text)
    {
        var plain = (text ?? "").Trim();
        var hash = plain.LastIndexOf('#');
        return hash >= 0 && hash < plain.Length - 1 && plain.AsSpan(hash + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? plain[..hash].TrimEnd() : plain;
    }
}
