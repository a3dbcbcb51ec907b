using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Gateways;
using OneFichier.Gateways.Http;
using OneFichier.Gateways.Rest;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Cli.Commands;

/// <summary>The faces that can be served; one line each.</summary>
internal static class Faces
{
    private static readonly Option<string> Mode = Flags.Choice("--mode", "how /f/ID/NAME and get_token deliver: by redirect to a direct link, through the gateway, or as fits", "auto", "redirect", "proxy");

    public static IReadOnlyList<FaceEntry> All { get; } =
    [
        new(WebDavGateway.Name, "Serve WebDAV: file managers, NAS, rclone, davfs2.", new("fichier serve webdav --addr 0.0.0.0:8443 --tls-self-signed --host nas.lan", "to the home network, over HTTPS"),
            (call, state) => new GatewayFace(WebDavGateway.Name, app => app.MapWebDav(new WebDavOptions { Time = call.Time }))),
        new(HttpGateway.Name, "Serve plain HTTP: browsers, players, downloads, addresses that stay.", new("fichier serve http 1f:films --mode proxy", "never by redirect"),
            (call, state) => new GatewayFace(HttpGateway.Name, app => app.MapHttpFiles(new HttpFaceOptions { Mode = ModeOf(call), Time = call.Time }))) { Options = [Mode] },
        new(RestGateway.Name, "Serve a simple API: scripts, with curl and a token.", new("fichier serve rest --addr 127.0.0.1:8081", "then look at http://127.0.0.1:8081/"),
            (call, state) => RestGateway.Face(new RestOptions { Mode = ModeOf(call), Time = call.Time })) { Options = [Mode] },
    ];

    /// <summary>The options of a face, or of all of them.</summary>
    public static IEnumerable<Option> OptionsOf(string name) => All.Where(f => name == "all" || f.Name == name).SelectMany(f => f.Options).Distinct();

    public static IReadOnlyList<GatewayFace> Named(string name, Call call, GatewayState state) =>
        [.. All.Where(f => name == "all" || f.Name == name).Select(f => f.Make(call, state))];

    private static DeliveryMode ModeOf(Call call) => call.Get(Mode) switch
    {
        "redirect" => DeliveryMode.Redirect,
        "proxy" => DeliveryMode.Proxy,
        _ => DeliveryMode.Auto,
    };
}

/// <summary>A face as the command line knows it.</summary>
/// <param name="Name">Its verb.</param>
/// <param name="Summary">What it is for, in a line of help.</param>
/// <param name="Example">How a client is pointed at it.</param>
/// <param name="Make">Makes it.</param>
internal sealed record FaceEntry(string Name, string Summary, Example Example, Func<Call, GatewayState, GatewayFace> Make)
{
    /// <summary>Options of its own.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];
}
