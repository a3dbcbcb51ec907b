using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OneFichier.Drive;

namespace OneFichier.Gateways.WebDav;

/// <summary>Between the addresses of a request and the paths of its volume.</summary>
internal sealed class DavUrls
{
    private readonly HttpRequest _request;
    private readonly string _prefix;

    public DavUrls(HttpRequest request)
    {
        _request = request;
        _prefix = request.PathBase.ToUriComponent();
        if (request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Contains('#', StringComparison.Ordinal))
            throw DavException.BadRequest();
        (Path, AsFolder) = GatewayPath.Read(request);
    }

    /// <summary>What the request is about.</summary>
    public VolumePath Path { get; }

    /// <summary>Whether that was written with a slash at its end, as only folders are.</summary>
    public bool AsFolder { get; }

    /// <summary>The address of an entry, as a path.</summary>
    public string Href(VolumePath path, bool isFolder) => _prefix + GatewayPath.Encode(path, isFolder);

    /// <summary>A place named in a header. What would end a path in an address was meant to be in a name, and is refused rather than cut off.</summary>
    public VolumePath Other(string address) =>
        address.AsSpan().ContainsAny('?', '#') ? throw DavException.BadRequest() : GatewayPath.ReadOther(_request, address);

    /// <summary>As <see cref="Other"/>, for a place that need not be one of ours.</summary>
    public VolumePath? OtherOrNone(string address)
    {
        try
        {
            return Other(address);
        }
        catch (Exception e) when (e is BadHttpRequestException or DavException)
        {
            return null;
        }
    }
}
