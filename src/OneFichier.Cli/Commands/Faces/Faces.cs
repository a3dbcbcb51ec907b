using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Gateways;
using OneFichier.Gateways.Http;
using OneFichier.Gateways.Rest;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Cli.Commands;

/// <summary>The faces that can be served; one line each.</summary>
internal static class Faces
{
    private static readonly Option<string> Mode = Flags.Choice("--mode", "how /f/ID/NAME and get_token deliver: by redirect to a direct link, through the gateway, or as fits", "auto", "redirect", "proxy");
    private static readonly Option<bool> AppendOnly = Flags.Switch("--append-only", "restic: let nobody remove or replace anything but locks, whatever its token allows");
    private static readonly Option<bool> PrivateRepos = Flags.Switch("--private-repos", "restic: let each token use only repositories below /USER/, its own user name");

    public static IReadOnlyList<FaceEntry> All { get; } =
    [
        new(WebDavGateway.Name, "Serve WebDAV: file managers, NAS, rclone, davfs2.", new("fichier serve webdav --addr 0.0.0.0:8443 --tls-self-signed --host nas.lan", "to the home network, over HTTPS"),
            (call, state) => new GatewayFace(WebDavGateway.Name, app => app.MapWebDav(new WebDavOptions { Time = call.Time }))),
        new(HttpGateway.Name, "Serve plain HTTP: browsers, players, downloads, addresses that stay.", new("fichier serve http 1f:films --mode proxy", "never by redirect"),
            (call, state) => new GatewayFace(HttpGateway.Name, app => app.MapHttpFiles(new HttpFaceOptions { Mode = ModeOf(call), Time = call.Time }))) { Flags = [Mode] },
        new(RestGateway.Name, "Serve a simple API: scripts, with curl and a token.", new("fichier serve rest --addr 127.0.0.1:8081", "then look at http://127.0.0.1:8081/"),
            (call, state) => RestGateway.Face(new RestOptions { Mode = ModeOf(call), Time = call.Time })) { Flags = [Mode] },
        new(ResticGateway.Name, "Serve restic: backups by its REST backend.", new("fichier serve restic 1f:backups --append-only", "whoever takes over a client cannot reach what is stored"),
            (call, state) => ResticGateway.Face(new ResticOptions { AppendOnly = call.Get(AppendOnly), PrivateRepositories = call.Get(PrivateRepos) })) { Flags = [AppendOnly, PrivateRepos] },
    ];

    /// <summary>What can be said about a face, or about all of them.</summary>
    public static IEnumerable<Option> FlagsOf(string name) => Meant(name).SelectMany(f => f.Flags).Distinct();

    public static IReadOnlyList<GatewayFace> Named(string name, Call call, GatewayState state) =>
        [.. Meant(name).Select(f => f.Make(call, state))];

    private static IEnumerable<FaceEntry> Meant(string name) => All.Where(f => name == "all" || f.Name == name);

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
    /// <summary>What it is made by, besides what all have.</summary>
    public IReadOnlyList<Option> Flags { get; init; } = [];
}
