using Microsoft.AspNetCore.Builder;

namespace OneFichier.Gateways.WebDav;

/// <summary>WebDAV over the volume of the caller's session (docs/compliance/webdav.md).</summary>
public static class WebDavGateway
{
    /// <summary>What the face is called in tokens and on the command line.</summary>
    public const string Name = "webdav";

    /// <summary>
    /// Answers every request that comes this far, by the methods of RFC 4918 classes 1, 2 and 3. The volume's root is the path where it is mapped. Locks and properties set by clients
    /// are shared by all sessions of this mapping, each of which knows where its root lies in the whole (<see cref="IGatewaySession.Root"/>).
    /// </summary>
    /// <param name="app">Where: behind the guard.</param>
    /// <param name="options">How it behaves; default as stated there.</param>
    public static IApplicationBuilder MapWebDav(this IApplicationBuilder app, WebDavOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var face = new DavFace(new DavState(options ?? new WebDavOptions()));
        app.Run(face.AnswerAsync);
        return app;
    }
}
