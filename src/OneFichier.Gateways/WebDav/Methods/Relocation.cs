using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>What COPY and MOVE have in common (RFC 4918 §9.8, §9.9): from where to where, and what is in the way.</summary>
/// <param name="Source">What is copied or moved.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Present">What is there now, and may go.</param>
internal sealed record Relocation(Entry Source, VolumePath Target, Entry? Present)
{
    /// <summary>The status when all went well.</summary>
    public int Done => Present is null ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;

    /// <summary>The place the header names.</summary>
    public static VolumePath TargetOf(DavRequest request)
    {
        var target = request.Urls.Other(request.Header("Destination") ?? throw DavException.BadRequest());
        return target.IsRoot || target == request.Path ? throw DavException.Forbidden() : target;
    }

    /// <summary>Checks everything that both methods ask for.</summary>
    public static async Task<Relocation> CheckedAsync(DavRequest request, VolumePath target, CancellationToken cancellationToken)
    {
        var overwrite = request.Overwrite();
        var source = await request.GetAsync(cancellationToken);
        if (target.IsWithin(source.Path) || source.Path.IsWithin(target))
            throw DavException.Conflict();
        await request.RequireParentAsync(target, cancellationToken);
        var present = await request.Volume.FindAsync(target, cancellationToken);
        if (present is not null && !overwrite)
            throw DavException.PreconditionFailed();
        await request.CheckConditionsAsync(source, cancellationToken);
        if (present is null)
            request.RequireRoomFor(target);
        else
            request.RequireTreeUnlocked(target);
        return new Relocation(source, target, present);
    }

    /// <summary>Makes room where what is there cannot be replaced in one step.</summary>
    /// <returns>What would not go.</returns>
    public async Task<IReadOnlyList<Failure>> ClearAsync(DavRequest request, CancellationToken cancellationToken)
    {
        if (Present is null || !(Present.IsFolder || Source.IsFolder))
            return [];
        var locks = request.State.Locks.Covering(request.Whole(Target)).Where(l => l.Root == request.Whole(Target)).ToList();
        var failures = await TreeRemoval.RunAsync(request, Present, cancellationToken);
        foreach (var kept in locks)
            request.State.Locks.Take(kept);
        return failures;
    }
}
