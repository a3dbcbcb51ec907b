using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.Restic;

/// <summary>A request, with what every answer needs.</summary>
internal sealed record ResticRequest(HttpContext Context, ResticTarget Target, ResticOptions Options, PathGates Gates)
{
    public IGatewaySession Session { get; } = Context.Session();

    public IVolume Volume => Session.Volume;

    public HttpRequest Request => Context.Request;

    public HttpResponse Response => Context.Response;

    /// <summary>What every refused removal and replacement says.</summary>
    /// <exception cref="UnauthorizedAccessException">Nothing may be removed here.</exception>
    public void RequireRemoval(VolumePath path)
    {
        if (Options.AppendOnly && !RepositoryLayout.IsLock(path))
            throw new UnauthorizedAccessException("This gateway only appends: nothing but locks is removed here.");
    }

    /// <summary>Keeps others from changing the object meanwhile.</summary>
    public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => Gates.EnterAsync(Session.Root.Combine(Target.Path), cancellationToken);

    public PathNotFoundException NotFound() => new(new RemotePath(FolderId.Root, Target.Path), EntryKind.File);
}
