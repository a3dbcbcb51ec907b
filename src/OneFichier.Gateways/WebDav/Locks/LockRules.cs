using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>What may be changed while it is locked (RFC 4918 §7): only by who submits a token of the lock and is the one who took it.</summary>
internal static class LockRules
{
    /// <summary>Checks that the caller may change anything, where the volume itself is not asked.</summary>
    public static void RequireMayChange(this DavRequest request)
    {
        if (!request.Session.MayChange)
            throw DavException.Forbidden();
    }

    /// <summary>Checks that the content or properties of a place may be changed.</summary>
    public static void RequireUnlocked(this DavRequest request, VolumePath path) => Require(request, request.State.Locks.Covering(request.Whole(path)));

    /// <summary>Checks that an entry may come to be at a place, which changes the folder above it.</summary>
    public static void RequireRoomFor(this DavRequest request, VolumePath path)
    {
        request.RequireUnlocked(path);
        request.RequireUnlocked(path.Parent);
    }

    /// <summary>Checks that a place may be changed with all below it.</summary>
    public static void RequireTreeUnlocked(this DavRequest request, VolumePath path)
    {
        request.RequireUnlocked(path);
        foreach (var below in request.State.Locks.Within(request.Whole(path)).GroupBy(l => l.Root))
            Require(request, [.. below]);
    }

    /// <summary>Checks that a place may go with all below it.</summary>
    public static void RequireRemovable(this DavRequest request, VolumePath path)
    {
        request.RequireTreeUnlocked(path);
        request.RequireUnlocked(path.Parent);
    }

    private static void Require(DavRequest request, IReadOnlyList<DavLock> locks)
    {
        if (locks.Count > 0 && !locks.Any(l => l.User == request.Session.User && request.If.Tokens.Contains(l.Token)))
            throw DavException.Condemned(StatusCodes.Status423Locked, "lock-token-submitted", locks.Select(request.HrefOf));
    }
}
