using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OneFichier.Gateways.WebDav;

/// <summary>WebDAV over the volume of the caller's session (docs/compliance/webdav.md).</summary>
public static class WebDavEndpoints
{
    /// <summary>
    /// Serves the volume of <see cref="GatewaySessions.Session"/> below a path, by every method of RFC 4918 classes 1 and 2. Locks and properties set by clients are shared by all
    /// sessions of this mapping, whose volumes therefore must mean the same file by the same path.
    /// </summary>
    /// <param name="endpoints">Where to add it; a group's prefix counts.</param>
    /// <param name="prefix">The path of the volume's root, as <c>/dav</c>; empty for the whole server.</param>
    /// <param name="options">How it behaves; default as stated there.</param>
    public static IEndpointConventionBuilder MapWebDav(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "", WebDavOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var face = new DavFace(new DavState(options ?? new WebDavOptions()));
        return endpoints.Map(prefix.TrimEnd('/') + "/{**path}", (RequestDelegate)face.AnswerAsync).WithDisplayName("WebDAV");
    }
}
