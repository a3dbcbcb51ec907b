using System.CommandLine;
using System.Net;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Commands;

internal sealed class SandboxVerb : Verb
{
    private readonly Option<string> _addr = Flags.Text("--addr", "HOST:PORT", "where to listen; port 0 takes a free one", "127.0.0.1:0");
    private readonly Option<string> _limits = Flags.Choice("--limits", "which limits of the service are enforced", "none", "rps", "documented");
    private readonly Option<string> _data = Flags.Text("--data", "DIR", "keep the account in this folder, over restarts; in memory without it");
    private readonly Option<string[]> _fault = Flags.Texts("--fault", "[WHERE:]KIND=RATE", "what goes wrong and how often, as flood=0.02 or file/ls:html=0.1; seed=N repeats a run");
    private readonly Option<bool> _tls = Flags.Switch("--tls", "answer under the service's own names too, behind a proxy, for programs that cannot be pointed elsewhere");

    public SandboxVerb() : base("sandbox", "Play the service on this machine, for tests and for trying things out.")
    {
        Details =
            "Listens until Ctrl-C or SIGTERM. The lines it prints are the environment that points fichier at it; with --tls also those that bring\n"
            + "unmodified programs (rclone, curl) to it: HTTPS_PROXY and SSL_CERT_FILE.";
        Examples =
        [
            new("fichier sandbox", "in memory, on a free port"),
            new("fichier sandbox --addr 127.0.0.1:8787 --limits documented --data ./account", "as strict as the service, and lasting"),
            new("fichier sandbox --fault seed=7,flood=0.02,cut=0.01", "a bad day, repeatable"),
            new("fichier sandbox --tls", "for rclone, as it is"),
        ];
        foreach (var option in (Option[])[_addr, _limits, _data, _fault, _tls])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        await using var server = await SandboxServer.StartAsync(OptionsOf(call), cancellationToken);
        var certificate = server.CaCertificatePem is { } pem ? await WriteCertificateAsync(server.Origin.Port, pem, cancellationToken) : null;
        Announce(call.Screen, server, certificate);
        await UntilEnd(cancellationToken);
        if (certificate is not null)
            File.Delete(certificate);

        return ExitCodes.Done;
    }

    private SandboxOptions OptionsOf(Call call)
    {
        try
        {
            return new SandboxOptions
            {
                Listen = Address(call.Get(_addr)!),
                Limits = SandboxLimits.Parse(call.Get(_limits)!),
                DataFolder = call.Get(_data) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null,
                Faults = FaultPlan.Parse(string.Join(',', call.Get(_fault) ?? [])),
                Tls = call.Get(_tls),
            };
        }
        catch (FormatException e)
        {
            throw CliException.Usage($"--fault: {e.Message}");
        }
    }

    private static IPEndPoint Address(string text)
    {
        var numeric = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text[9..] : text.StartsWith(':') ? "127.0.0.1" + text : text;
        return IPEndPoint.TryParse(numeric, out var address) ? address : throw CliException.Usage($"--addr: '{Escaping.Visible(text)}' is not HOST:PORT.", "As in 127.0.0.1:8787");
    }

    private static void Announce(Screen screen, SandboxServer server, string? certificate)
    {
        screen.Error.WriteLine($"listening on {server.Origin.ToString().TrimEnd('/')}");
        foreach (var (name, value) in Environment(server, certificate))
            screen.Error.WriteLine($"export {name}={value}");

        if (screen.Json)
        {
            var url = server.Origin.ToString().TrimEnd('/');
            screen.Event(new SandboxListening("listening", "sandbox", url, server.ApiBase.ToString(), SandboxOptions.DefaultKey, server.Proxy?.ToString().TrimEnd('/'), certificate), JsonShapes.Default.SandboxListening);
        }
    }

    private static IEnumerable<(string Name, string Value)> Environment(SandboxServer server, string? certificate)
    {
        yield return ("FICHIER_API_BASE", server.ApiBase.ToString());
        yield return ("FICHIER_API_KEY", SandboxOptions.DefaultKey);
        if (server.Proxy is { } proxy)
            yield return ("HTTPS_PROXY", proxy.ToString().TrimEnd('/'));

        if (certificate is not null)
            yield return ("SSL_CERT_FILE", certificate);
    }

    private static async Task<string> WriteCertificateAsync(int port, string pem, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fichier-sandbox-{port}.pem");
        await PrivateFile.ReplaceAsync(path, System.Text.Encoding.ASCII.GetBytes(pem), cancellationToken);
        return path;
    }

    private static async Task UntilEnd(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(end.SetResult);
        await end.Task;
    }
}

internal sealed record SandboxListening(string Type, string Face, string Url, string ApiBase, string Key, string? Proxy, string? Certificate);
