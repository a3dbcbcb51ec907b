using System.CommandLine;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class ConfigExportSystemdVerb : Verb
{
    private readonly ExportGateway _gateway = new();
    private readonly ExportKeyFile _key = new("/etc/fichier/key");
    private readonly ExportOutput _output = new();
    private readonly Option<string> _program = Flags.Text("--program", "FILE", "the program", "/usr/bin/fichier");
    private readonly Option<string> _account = Flags.Text("--run-as", "USER", "whose tokens, index and cache it uses", Environment.UserName);

    public ConfigExportSystemdVerb() : base("systemd", "Write a unit for a gateway or a mount; the key comes as a credential and is not in the unit.")
    {
        Details = "The key is in a file that only root can read, and systemd (250 or later) hands it over at each start; after fichier key rotate with FICHIER_API_KEY_FILE set to that file, restart the unit.";
        Examples =
        [
            new("fichier config export systemd -o /etc/systemd/system/fichier.service", "then: systemctl enable --now fichier"),
            new("fichier config export systemd --run mount --path 1f:films --mountpoint /srv/films", "a mount"),
        ];
        Exits = [ExitCodes.Key];
        foreach (var option in (Option[])[.. _gateway.All, _program, _account, .. _key.All, .. _output.All])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        _output.Check(call, isSecret: false);
        var words = _gateway.Words(call, _gateway.IsMount(call) ? "" : _gateway.Address(call));
        var keyFile = await _key.WriteAsync(call, _output, beside: null, cancellationToken);
        await _output.WriteAsync(call, "systemd", Unit(call, [call.Get(_program)!, .. words]), keyFile, cancellationToken);
        if (_output.File(call) is { } file)
            call.Screen.Note($"systemctl daemon-reload && systemctl enable --now {Path.GetFileNameWithoutExtension(file)}");
        return ExitCodes.Done;
    }

    private string Unit(Call call, IEnumerable<string> words) => $"""
        [Unit]
        Description=fichier: 1fichier.com by {_gateway.What(call)}
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type={(_gateway.IsMount(call) ? "notify" : "exec")}
        User={call.Get(_account)}
        LoadCredential=fichier-key:{Path.GetFullPath(ExportKeyFile.Expanded(_key.Path(call)))}
        Environment=FICHIER_API_KEY_FILE=%d/fichier-key
        Environment=FICHIER_ACCOUNT={call.Globals.Account}
        Environment={Quoted($"XDG_CONFIG_HOME={Above(call.Places.ConfigFolder)}")} {Quoted($"XDG_STATE_HOME={Above(call.Places.StateFolder)}")} {Quoted($"XDG_CACHE_HOME={Above(call.Places.CacheFolder)}")}
        ExecStart={string.Join(' ', words.Select(Quoted))}
        Restart=on-failure
        RestartSec=30
        # 2: wrong flags; 7: the account is locked; 20: the key is refused. Trying again helps none of them.
        RestartPreventExitStatus=2 7 20
        TimeoutStopSec=120
        KillMode=mixed
        UMask=0077
        LockPersonality=yes
        {(_gateway.IsMount(call) ? OfMount : OfGateway)}

        [Install]
        WantedBy=multi-user.target

        """;

    private const string OfMount = "# No private view of mounts: others could not see this one. No sandbox that needs one: fusermount3 gains its rights here.\nPrivateMounts=no";

    // Where jobs run (serve all), they may write anywhere but the system's own folders; programs compiled while they run need memory that is written and executed.
    private const string OfGateway = """
        NoNewPrivileges=yes
        CapabilityBoundingSet=CAP_NET_BIND_SERVICE
        PrivateTmp=yes
        PrivateDevices=yes
        ProtectSystem=full
        ProtectClock=yes
        ProtectControlGroups=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        ProtectProc=invisible
        RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        SystemCallArchitectures=native
        """;

    private static string Above(string folder) => Path.GetDirectoryName(folder)!;

    private static string Quoted(string word)
    {
        var escaped = word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return escaped.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or ';') ? $"\"{escaped}\"" : escaped;
    }
}
