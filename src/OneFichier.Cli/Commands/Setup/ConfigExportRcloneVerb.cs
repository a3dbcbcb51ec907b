using System.CommandLine;
using System.Security.Cryptography;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Drive.Access;
using OneFichier.Drive.Crypt.Primitives;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

internal sealed class ConfigExportRcloneVerb : Verb
{
    private readonly Option<string> _name = Flags.Text("--name", "NAME", "what the remote is called in rclone", "fichier");
    private readonly Option<string> _url = Flags.Text("--url", "URL", "where the gateway is", "http://127.0.0.1:8080/");
    private readonly Option<string> _scope = Flags.Choice("--scope", "what rclone may do there", "write", "append", "read");
    private readonly Option<string> _path = Flags.Text("--path", "PATH", "the folder that is everything to rclone", "/");
    private readonly Option<string> _user = Flags.Text("--user", "NAME", "use this token, with its secret on standard input, instead of a new one");
    private readonly Option<bool> _withKey = Flags.Switch("--with-key", "a remote that asks the service itself, with the account's key in plain text");
    private readonly ExportOutput _output = new();

    public ConfigExportRcloneVerb() : base("rclone", "Write a remote for rclone: through our gateway with a token of its own, or with the key.")
    {
        Details =
            "The gateway keeps rclone inside the service's limits, whatever it does, and a token opens no more than it must; it is issued here and named in the first lines.\n"
            + "--with-key writes a remote of rclone's own kind. rclone then knows nothing of what others spend, so the flags in its first lines matter: the service takes about two\n"
            + "calls a second, one listing of a folder in half a minute, and thirty connections in all.";
        Examples =
        [
            new("fichier config export rclone -o ~/.config/rclone/fichier.conf", "then: rclone --config ~/.config/rclone/fichier.conf ls fichier:"),
            new("fichier config export rclone >> ~/.config/rclone/rclone.conf", "beside other remotes"),
            new("fichier config export rclone --with-key -o rclone.conf --yes", "with the key itself"),
        ];
        Exits = [ExitCodes.Key];
        foreach (var option in (Option[])[_name, _url, _scope, _path, _user, _withKey, .. _output.WithSecrets])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Get(_name) is not { Length: > 0 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            throw CliException.Usage("--name: a remote is named by letters, digits, _ - and .");

        _output.Check(call, isSecret: true);
        var text = call.Get(_withKey) ? await WithKeyAsync(call, name, cancellationToken) : await WithTokenAsync(call, name, cancellationToken);
        await _output.WriteAsync(call, "rclone", text, keyFile: null, cancellationToken);
        return ExitCodes.Done;
    }

    private async Task<string> WithKeyAsync(Call call, string name, CancellationToken cancellationToken)
    {
        if (_output.File(call) is null)
            throw CliException.Usage("--with-key: the key goes into a file and nowhere else.", "Give --output FILE.");
        Confirmation.Require(call, "This writes the account's key in plain text. Go ahead?", always: true);
        var key = await Session.KeysOf(call).RequireAsync(call.Globals.Account, isRunsOwn: true, cancellationToken);
        return $"""
            # The key opens everything the account holds: keep this file to yourself, and out of repositories and backups.
            # One rclone at a time, and with
            #   --tpslimit 2 --tpslimit-burst 1 --checkers 1 --transfers 2 --multi-thread-streams 0 --low-level-retries 3 --retries 1
            # and for rclone mount also --dir-cache-time 1h --vfs-cache-mode full --vfs-read-chunk-size 256M
            # (two calls a second; one listing of a folder in 30 s; 3 connections a file and 30 in all).
            [{name}]
            type = fichier
            api_key = {key.Key.Reveal()}

            """;
    }

    private async Task<string> WithTokenAsync(Call call, string name, CancellationToken cancellationToken)
    {
        var url = Uri.TryCreate(call.Get(_url), UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw CliException.Usage($"--url: '{Escaping.Visible(call.Get(_url)!)}' is no address of a gateway.", "As in http://127.0.0.1:8080/");
        var (user, secret) = call.Get(_user) is { Length: > 0 } known
            ? (known, (await SecretPrompt.ReadAsync(call.Screen, "Secret of the token (not shown): ", cancellationToken)).Trim())
            : await IssueAsync(call, cancellationToken);
        if (secret.Length == 0)
            throw CliException.Usage("The secret of the token is empty.", "It was shown when the token was issued; issue another one.");

        return $"""
            # Goes through a gateway: fichier serve webdav {call.Globals.Account}: --addr {url.Authority}
            # The token: fichier token log {user}; to end it: fichier token revoke {user}
            # The gateway keeps the limits of the service, so rclone needs none of its own; --transfers 4 --checkers 8 are fine.
            [{name}]
            type = webdav
            url = {url}
            vendor = owncloud
            user = {user}
            pass = {Obscured.Obscure(secret, RandomNumberGenerator.GetBytes(16))}

            """;
    }

    private async Task<(string User, string Secret)> IssueAsync(Call call, CancellationToken cancellationToken)
    {
        if (call.Globals.DryRun)
            return ("USER", "SECRET");

        var (remote, path) = TokenIssueVerb.PathOf(call, call.Get(_path)!);
        var scope = new AccessScope { Level = Enum.Parse<AccessLevel>(call.Get(_scope)!, ignoreCase: true), Path = path, Faces = ["webdav"] };
        var issued = await new GatewayState(call).Tokens().IssueAsync(new TokenRequest(scope) { Remote = remote }, cancellationToken);
        call.Screen.Note($"Issued the token {issued.Token.User} for it. To end it: fichier token revoke {issued.Token.User}");
        return (issued.Token.User, issued.Secret);
    }
}
