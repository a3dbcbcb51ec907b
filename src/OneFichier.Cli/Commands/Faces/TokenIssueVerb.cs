using System.CommandLine;
using System.Net;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

internal sealed class TokenIssueVerb : Verb
{
    private static readonly string[] Faces = ["webdav", "http", "restic", "s3", "rest"];

    private readonly Option<string> _scope = Flags.Choice("--scope", "what it may do: read; append adds and never changes; write; admin also runs the gateway", "read", "append", "write", "admin");
    private readonly Option<string> _path = Flags.Text("--path", "PATH", "the folder that is everything to it: /media in whatever is served, or 1f:media", "/");
    private readonly Option<string[]> _face = Flags.Texts("--face", "FACE,…", "where it may be used: " + string.Join(", ", Faces) + " (default everywhere)");
    private readonly Option<TimeSpan?> _expires = Flags.Duration("--expires", "when it ends (default never)");
    private readonly Option<string[]> _ip = Flags.Texts("--ip", "NETWORK,…", "from where it may be used, as 192.168.0.0/16 or an address (default from everywhere)");
    private readonly Option<long?> _budget = Flags.Size("--budget", "how many bytes may go through it, up and down together (default no end)");
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "its user name (default its id)");

    public TokenIssueVerb() : base("issue", "Make a token: a user name and a secret for one program, which opens what that program needs.")
    {
        Details =
            "The secret is shown this once and kept only as a hash. On every face user and secret are the user name and password; where a program wants a\n"
            + "bearer token the secret alone is one. The token sees its folder as the root, and nothing outside of it.";
        Examples =
        [
            new("fichier token issue --name nas --scope append --path /backup --face webdav", "a NAS that can add backups and never reach the old ones"),
            new("fichier token issue --name tv --path 1f:media --ip 192.168.0.0/16", "reading, from the home network only"),
            new("fichier token issue --scope write --expires 30d --budget 100GB --json", "for a guest; for a program"),
        ];
        foreach (var option in (Option[])[_scope, _path, _face, _expires, _ip, _budget, _name])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var request = RequestOf(call);
        if (call.Globals.DryRun)
        {
            call.Screen.Note($"Would issue a token to {request.Scope.Level.ToString().ToLowerInvariant()} /{request.Scope.Path}.");
            return ExitCodes.Done;
        }

        try
        {
            Print(call.Screen, await new GatewayState(call).Tokens().IssueAsync(request, cancellationToken));
            return ExitCodes.Done;
        }
        catch (ArgumentException e)
        {
            throw CliException.Usage(e.Message);
        }
    }

    private TokenRequest RequestOf(Call call)
    {
        var (remote, path) = PathOf(call, call.Get(_path)!);
        return new TokenRequest(new AccessScope
        {
            Level = Enum.Parse<AccessLevel>(call.Get(_scope)!, ignoreCase: true),
            Path = path,
            Faces = [.. Words(call.Get(_face)).Select(FaceOf).Distinct(StringComparer.Ordinal)],
            Expires = call.Get(_expires) is { } life ? call.Time.GetUtcNow() + life : null,
            Networks = [.. Words(call.Get(_ip)).Select(NetworkOf)],
            Budget = call.Get(_budget),
        })
        {
            User = call.Get(_name),
            Remote = remote,
        };
    }

    public static (string? Remote, VolumePath Path) PathOf(Call call, string text) => Place.Parse(text) switch
    {
        RemotePlace { Path.Start.Value: 0 } at => (at.Account == "1f" ? call.Globals.Account : at.Account, at.Path.Path),
        LocalPlace when text.StartsWith('/') => (null, VolumePath.Parse(text)),
        _ => throw CliException.Usage($"--path: '{Escaping.Visible(text)}' is no folder of what is served.", "As in /media, or 1f:media"),
    };

    private static string FaceOf(string word) =>
        Faces.Contains(word) ? word : throw CliException.Usage($"--face: '{Escaping.Visible(word)}' is not one of {string.Join(", ", Faces)}.");

    /// <summary>A network, or an address as a network of its own; what stands behind the prefix is dropped, as 192.168.1.7/16 means 192.168.0.0/16.</summary>
    private static IPNetwork NetworkOf(string word)
    {
        var parts = word.Split('/', 2);
        if (!IPAddress.TryParse(parts[0], out var address) || (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && parts[0].Count(c => c == '.') != 3))
            throw Bad(word);
        var bytes = address.GetAddressBytes();
        var prefix = bytes.Length * 8;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out prefix) || prefix > bytes.Length * 8))
            throw Bad(word);
        for (var bit = prefix; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), prefix);
    }

    private static CliException Bad(string word) => CliException.Usage($"--ip: '{Escaping.Visible(word)}' is no network.", "As in 192.168.0.0/16, 10.1.2.3 or fd00::/8");

    private static IEnumerable<string> Words(string[]? values) =>
        (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void Print(Screen screen, IssuedToken issued)
    {
        if (screen.Json)
        {
            screen.Document(TokenIssuedShape.Of(issued), JsonShapes.Default.TokenIssuedShape);
            return;
        }

        screen.Line($"id      {issued.Token.Id}");
        screen.Line($"user    {issued.Token.User}");
        screen.Line($"secret  {issued.Secret}");
        screen.Note("The secret is not shown again. Revoke the token with: fichier token revoke " + issued.Token.User);
    }
}
