using OneFichier.Cli.Parsing;
using OneFichier.Gateways;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Cli.Commands;

/// <summary>The faces that can be served; one line each.</summary>
internal static class Faces
{
    public static IReadOnlyList<FaceEntry> All { get; } =
    [
        new(WebDavGateway.Name, "Serve WebDAV: file managers, NAS, rclone, davfs2.", new("fichier serve webdav --addr 0.0.0.0:8443 --tls-self-signed --host nas.lan", "to the home network, over HTTPS"),
            (call, state) => new GatewayFace(WebDavGateway.Name, app => app.MapWebDav(new WebDavOptions { Time = call.Time }))),
    ];

    public static IReadOnlyList<GatewayFace> Named(string name, Call call, GatewayState state) =>
        [.. All.Where(f => name == "all" || f.Name == name).Select(f => f.Make(call, state))];
}

/// <summary>A face as the command line knows it.</summary>
/// <param name="Name">Its verb.</param>
/// <param name="Summary">What it is for, in a line of help.</param>
/// <param name="Example">How a client is pointed at it.</param>
/// <param name="Make">Makes it.</param>
internal sealed record FaceEntry(string Name, string Summary, Example Example, Func<Call, GatewayState, GatewayFace> Make);
