using Microsoft.AspNetCore.Http;

namespace OneFichier.Gateways.WebDav;

/// <summary>UNLOCK (RFC 4918 §9.11), by whoever took the lock, on any place it covers.</summary>
internal sealed class UnlockMethod : IDavMethod
{
    public Task AnswerAsync(DavRequest request, CancellationToken cancellationToken)
    {
        var token = request.LockToken();
        var held = request.State.Locks.Covering(request.Whole(request.Path)).FirstOrDefault(l => l.Token == token)
            ?? throw DavException.Condemned(StatusCodes.Status409Conflict, "lock-token-matches-request-uri");
        if (held.User != request.Session.User)
            throw DavException.Forbidden();
        request.State.Locks.Release(held);
        request.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
