using System.CommandLine;
using System.Text.Json;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

internal sealed class ConfigExportComposeVerb : Verb
{
    private readonly ExportGateway _gateway = new();
    private readonly ExportKeyFile _key = new("./fichier.key");
    private readonly ExportOutput _output = new();
    private readonly Option<string> _image = Flags.Text("--image", "NAME", "the image, with fichier on its path", "fichier:latest");

    public ConfigExportComposeVerb() : base("compose", "Write a compose file for a gateway or a mount; the key is a secret of its own and not in the file.")
    {
        Details = "The gateway listens inside its container to all, and outside where --addr says. Tokens, index and spool are in the volume fichier-data: docker compose exec fichier fichier token issue …";
        Examples = [new("fichier config export compose -o compose.yaml --with-key", "the key goes to fichier.key beside it"), new("fichier config export compose --run http --path 1f:films --addr 192.168.1.5:8080", "another face")];
        Exits = [ExitCodes.Key];
        foreach (var option in (Option[])[.. _gateway.All, _image, .. _key.All, .. _output.All])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        _output.Check(call, isSecret: false);
        var text = Text(call);
        var keyFile = await _key.WriteAsync(call, _output, _output.File(call), cancellationToken);
        await _output.WriteAsync(call, "compose", text, keyFile, cancellationToken);
        call.Screen.Note("Keep the file of the key out of repositories: echo fichier.key >> .gitignore");
        return ExitCodes.Done;
    }

    private string Text(Call call)
    {
        var words = _gateway.IsMount(call) ? _gateway.Words(call, "") : [.. _gateway.Words(call, "0.0.0.0:8080"), "--allow-plain-http"];
        var face = _gateway.IsMount(call)
            ? $"""
                  devices: ["/dev/fuse"]
                  cap_add: ["SYS_ADMIN"]
                  volumes:
                    - "fichier-data:/data"
                    - {Quoted($"{_gateway.Point(call)}:{_gateway.Point(call)}:rshared")}
              """
            : $"""
                  ports: [{Quoted($"{_gateway.Address(call)}:8080")}]
                  cap_drop: ["ALL"]
                  security_opt: ["no-new-privileges:true"]
                  volumes:
                    - "fichier-data:/data"
              """;
        return $"""
            # The ports are published in plain http: outside this machine put a proxy with TLS before them, or serve with --tls-self-signed.
            services:
              fichier:
                image: {Quoted(call.Get(_image)!)}
                command: [{string.Join(", ", words.Prepend("fichier").Select(Quoted))}]
                restart: unless-stopped
                stop_grace_period: 2m
                environment:
                  FICHIER_API_KEY_FILE: /run/secrets/fichier_key
                  FICHIER_ACCOUNT: {Quoted(call.Globals.Account)}
                  XDG_CONFIG_HOME: /data/config
                  XDG_STATE_HOME: /data/state
                  XDG_CACHE_HOME: /data/cache
                secrets: [fichier_key]
            {face}
            secrets:
              fichier_key:
                file: {Quoted(_key.Path(call))}
            volumes:
              fichier-data: {"{}"}

            """;
    }

    /// <summary>A JSON text is a YAML text.</summary>
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
