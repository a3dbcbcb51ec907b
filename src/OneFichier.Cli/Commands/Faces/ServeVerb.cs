using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways;
using OneFichier.Server;
using OneFichier.Server.Audit;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

/// <summary><c>fichier serve</c>: the drive for programs that know nothing of it.</summary>
internal static class ServeVerbs
{
    public static VerbGroup Group()
    {
        var group = new VerbGroup("serve", "Serve the drive to other programs, behind tokens.");
        foreach (var face in Faces.All)
            group.Subcommands.Add(new ServeVerb(face.Name, face.Summary, [new($"fichier serve {face.Name} 1f:media --read-only", "on 127.0.0.1:8080"), face.Example]));

        group.Subcommands.Add(new ServeVerb("all", "Serve every face, each below its name.", [new("fichier serve all --addr 0.0.0.0:8443 --tls-self-signed", "to the network, over HTTPS")]));
        return group;
    }
}

internal sealed class ServeVerb : Verb
{
    private readonly Argument<string> _path = PathArguments.Optional();
    private readonly Option<string> _root = Flags.Text("--root", "PATH", "the same as PATH");
    private readonly Option<bool> _readOnly = Flags.Switch("--read-only", "let nobody change anything, whatever its token allows");
    private readonly Option<bool> _listings = Flags.Switch("--audit-listings", "put listings on record too");
    private readonly Option<TimeSpan?> _writeBack = Flags.Duration("--write-back", "how long changes wait on this machine's disk for others to go with; 0s: each is answered when the service has it", TimeSpan.FromSeconds(4));
    private readonly Option<long?> _cacheSize = Flags.Size("--cache-size", "how much of what is read is kept on this machine's disk; 0 for nothing (default 10 GiB, or a quarter of the room there is)");
    private readonly Option<bool> _noJobs = Flags.Switch("--no-jobs", "do not run the jobs of this machine (fichier job)");
    private readonly ServeFlags _flags = new();

    public ServeVerb(string name, string summary, IReadOnlyList<Example> examples) : base(name, summary)
    {
        Details =
            "Listens until Ctrl-C or SIGTERM, then lets requests under way end. Clients sign in with a token (fichier token issue), which is shown its own\n"
            + "folder and nothing else; what each does is on record (fichier token log). The account's own key never works here.";
        Examples = examples;
        Exits = [ExitCodes.FolderNotFound, ExitCodes.Temporary, ExitCodes.Key];
        Arguments.Add(_path);
        foreach (var option in (Option[])[_root, _readOnly, _writeBack, _cacheSize, _listings, .. _flags.All, .. Faces.FlagsOf(name)])
            Options.Add(option);

        if (IsDaemon)
            Options.Add(_noJobs);
    }

    private bool IsDaemon => Name == "all";

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var listen = _flags.Listen(call);
        using var certificate = await _flags.CertificateAsync(call, listen, cancellationToken);
        using var session = new RemoteSession(call);
        var tree = await TreeAsync(call, session, cancellationToken);
        await using var disk = ServerDisk.Over(call, tree, call.Get(_writeBack) ?? TimeSpan.Zero, call.Get(_cacheSize));
        tree = tree with { Volume = disk.Volume };
        var state = new GatewayState(call);
        await using var file = state.Log();
        await using var log = new ReadCoalescer(file, call.Time);
        await using var meters = state.Meters();
        var options = new GatewayHostOptions
        {
            Gatekeeper = await GatekeeperAsync(call, tree, new Books(state.Tokens(), meters, log), cancellationToken),
            Faces = Faces.Named(Name, call, state),
            Listen = listen,
            Certificate = certificate,
            HostNames = _flags.Hosts(call),
            Time = call.Time,
            Logs = call.Logs,
        };
        await using (var host = await GatewayHost.StartAsync(options, cancellationToken))
        {
            Announce(call, host, options.Faces);
            await using var jobs = IsDaemon && !call.Get(_noJobs) ? await JobDaemon.StartAsync(call, cancellationToken) : null;
            ServiceManager.Say("READY=1");
            await UntilEndAsync(cancellationToken);
            ServiceManager.Say("STOPPING=1");
        }

        return ExitCodes.Done;
    }

    private async Task<ServedTree> TreeAsync(Call call, RemoteSession session, CancellationToken cancellationToken)
    {
        var place = Place.Parse(call.Get(_root) is { Length: > 0 } root ? root : call.Get(_path));
        var spot = await session.OpenAsync(place, cancellationToken);
        try
        {
            await spot.FindAsync(EntryKind.Folder, cancellationToken);
        }
        catch (FichierException e) when (e.IsTransient)
        {
            call.Screen.Warn($"'{Escaping.Visible(place.Text)}' cannot be looked at now: {e.Message}");
        }

        var remote = place is RemotePlace { Path.Start.Value: 0 } at ? at.Account == "1f" ? call.Globals.Account : at.Account : null;
        return new ServedTree(spot.Volume) { Folder = spot.Path, Remote = remote, ReadOnly = call.Get(_readOnly) };
    }

    private async Task<IGatekeeper> GatekeeperAsync(Call call, ServedTree tree, Books books, CancellationToken cancellationToken)
    {
        if (_flags.NoAuth(call))
            return new OpenDoor(tree.Volume, new AccessScope { Level = tree.ReadOnly ? AccessLevel.Read : AccessLevel.Write, Path = tree.Folder }, books.Log);

        if (!books.Tokens.All().Any(t => t.IsAlive(call.Time.GetUtcNow())))
            call.Screen.Note($"There is no token yet, so nobody can sign in. Make one, now or later: fichier token issue --scope write{(Name == "all" ? "" : $" --face {Name}")}");

        var key = await Session.KeysOf(call).FindAsync(call.Globals.Account, isRunsOwn: true, cancellationToken);
        return new TokenGatekeeper(new GatekeeperOptions(tree, books.Tokens, books.Meters, books.Log)
        {
            Listings = call.Get(_listings),
            IsAccountKey = text => (key is not null && Same(text, key.Key.Reveal())) || (ApiKey.TryParse(text, out var shown, out _) && shown.HasUsualShape),
            Time = call.Time,
            Logger = call.Logs.CreateLogger("OneFichier.Server"),
        });
    }

    private static bool Same(string shown, string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static void Announce(Call call, GatewayHost host, IReadOnlyList<GatewayFace> faces)
    {
        foreach (var face in faces)
        {
            var url = host.UrlOf(face).ToString().TrimEnd('/');
            call.Screen.Error.WriteLine($"listening on {url}");
            if (call.Screen.Json)
                call.Screen.Event(new Listening("listening", face.Name, url), JsonShapes.Default.Listening);
        }
    }

    internal static async Task UntilEndAsync(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(end.SetResult);
        await end.Task;
    }

    private sealed record Books(TokenStore Tokens, TokenMeters Meters, IAccessLog Log);
}
