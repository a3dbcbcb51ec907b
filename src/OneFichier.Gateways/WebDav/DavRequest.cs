using Microsoft.AspNetCore.Http;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>A request, with what every method asks of it.</summary>
internal sealed class DavRequest
{
    public DavRequest(HttpContext context, DavState state)
    {
        Context = context;
        State = state;
        Session = context.Session();
        Urls = new DavUrls(context.Request);
        If = IfHeader.Parse(string.Join(' ', context.Request.Headers["If"].AsEnumerable()));
    }

    public HttpContext Context { get; }

    public DavState State { get; }

    public IGatewaySession Session { get; }

    public DavUrls Urls { get; }

    public IfHeader If { get; }

    public VolumePath Path => Urls.Path;

    public IVolume Volume => Session.Volume;

    public string Method => Context.Request.Method;

    public HttpResponse Response => Context.Response;

    public DateTimeOffset Now => State.Options.Time.GetUtcNow();

    /// <summary>A path of the session's volume as all sessions know it: that of locks and properties.</summary>
    public VolumePath Whole(VolumePath path) => Session.Root.Combine(path);

    /// <summary>The address of a lock's root; of one above what this session sees, the nearest it does.</summary>
    public string HrefOf(DavLock held) => held.Root.IsWithin(Session.Root)
        ? Urls.Href(VolumePath.Parse(held.Root.ToString()[Session.Root.ToString().Length..]), held.IsFolder)
        : Urls.Href(VolumePath.Root, isFolder: true);

    /// <summary>Keeps others from changing the path meanwhile.</summary>
    public Task<IDisposable> EnterAsync(CancellationToken cancellationToken) => State.Gates.EnterAsync(Whole(Path), cancellationToken);

    /// <summary>A header that may stand once; <see langword="null"/> when it does not.</summary>
    public string? Header(string name) => Context.Request.Headers[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => one.ToString().Trim(),
        _ => throw DavException.BadRequest(),
    };

    /// <summary>What is at the place of the request; a file named as a folder is not there.</summary>
    public async Task<Entry?> FindAsync(CancellationToken cancellationToken) =>
        await Volume.FindAsync(Path, cancellationToken) is { } entry && (entry.IsFolder || !Urls.AsFolder) ? entry : null;

    public async Task<Entry> GetAsync(CancellationToken cancellationToken) => await FindAsync(cancellationToken) ?? throw DavException.NotFound();

    /// <summary>Checks that there is a folder for what shall be at a path.</summary>
    public async Task RequireParentAsync(VolumePath path, CancellationToken cancellationToken)
    {
        if (await Volume.FindAsync(path.Parent, cancellationToken) is not { IsFolder: true })
            throw DavException.Conflict();
    }

    /// <summary>Checks every condition the client set, on what is there now.</summary>
    public async Task CheckConditionsAsync(Entry? present, CancellationToken cancellationToken)
    {
        Require(Preconditions.Judge(Context.Request, present is null ? null : Representation.Of(present, Now)));
        if (!await If.HoldsAsync(this, cancellationToken))
            throw DavException.PreconditionFailed();
    }

    private static void Require(Verdict verdict)
    {
        if (verdict == Verdict.NotModified)
            throw new DavException(StatusCodes.Status304NotModified);
        if (verdict == Verdict.Failed)
            throw DavException.PreconditionFailed();
    }
}
