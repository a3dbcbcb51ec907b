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
        (Urls, Target) = DavUrls.Of(context);
        If = IfHeader.Parse(string.Join(' ', context.Request.Headers["If"].AsEnumerable()));
    }

    public HttpContext Context { get; }

    public DavState State { get; }

    public IGatewaySession Session { get; }

    public DavUrls Urls { get; }

    public DavTarget Target { get; }

    public IfHeader If { get; }

    public VolumePath Path => Target.Path;

    public IVolume Volume => Session.Volume;

    public string Method => Context.Request.Method;

    public HttpResponse Response => Context.Response;

    /// <summary>A header that may stand once; <see langword="null"/> when it does not.</summary>
    public string? Header(string name) => Context.Request.Headers[name] switch
    {
        { Count: 0 } => null,
        { Count: 1 } one => one.ToString().Trim(),
        _ => throw DavException.BadRequest(),
    };

    /// <summary>What is at the place of the request; a file named as a folder is not there.</summary>
    public async Task<Entry?> FindAsync(CancellationToken cancellationToken) =>
        await Volume.FindAsync(Path, cancellationToken) is { } entry && (entry.IsFolder || !Target.AsFolder) ? entry : null;

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
        Preconditions.Check(this, present);
        if (!await If.HoldsAsync(this, cancellationToken))
            throw DavException.PreconditionFailed();
    }
}
