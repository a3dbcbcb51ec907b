using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using OneFichier.Cli.Parsing;
using OneFichier.Cli.Terminal;
using OneFichier.Server;

namespace OneFichier.Cli.Commands;

/// <summary>Where a gateway listens, how it proves itself, and what it asks of whoever comes.</summary>
internal sealed class ServeFlags
{
    private readonly Option<string> _addr = Flags.Text("--addr", "HOST:PORT", "where to listen; port 0 takes a free one", "127.0.0.1:8080");
    private readonly Option<string[]> _host = Flags.Texts("--host", "NAME", "a name under which the gateway is reached, besides localhost and its address; others are refused");
    private readonly Option<string> _cert = Flags.Text("--tls-cert", "FILE", "speak HTTPS with this certificate, in PEM");
    private readonly Option<string> _key = Flags.Text("--tls-key", "FILE", "the certificate's key, in PEM (default in the same file)");
    private readonly Option<bool> _selfSigned = Flags.Switch("--tls-self-signed", "speak HTTPS with a certificate made here, and kept");
    private readonly Option<bool> _plain = Flags.Switch("--allow-plain-http", "listen to the network without TLS: secrets and files can be read on the way");
    private readonly Option<bool> _noAuth = Flags.Switch("--no-auth", "ask nobody for a token; only on a loopback address");
    private readonly Option<bool> _open = Flags.Switch("--allow-open", "with --no-auth, on any address: whoever reaches it may do everything");

    public IEnumerable<Option> All => [_addr, _host, _cert, _key, _selfSigned, _plain, _noAuth, _open];

    public bool NoAuth(Call call) => call.Get(_noAuth);

    public IReadOnlyList<string> Hosts(Call call) => call.Get(_host) ?? [];

    /// <exception cref="CliException">It would be open in a way that was not asked for.</exception>
    public IPEndPoint Listen(Call call)
    {
        var address = Address(call.Get(_addr)!);
        if (IPAddress.IsLoopback(address.Address))
            return address;

        var hasTls = call.Get(_selfSigned) || call.Get(_cert) is not null;
        if (!hasTls && !call.Get(_plain))
            throw CliException.Usage($"--addr: {address} can be reached from the network, and without TLS everybody on the way reads secrets and files.", "Add --tls-self-signed or --tls-cert, or, where the network itself is safe, --allow-plain-http");

        if (NoAuth(call) && !call.Get(_open))
            throw CliException.Usage($"--no-auth: {address} can be reached from the network.", "Issue a token (fichier token issue), or, if really everybody may in, add --allow-open");

        if (!hasTls)
            call.Screen.Warn("Listening to the network without TLS: secrets and files can be read on the way.");
        if (NoAuth(call))
            call.Screen.Warn("Listening to the network without tokens: whoever reaches this gateway may do everything it can.");
        return address;
    }

    public async Task<X509Certificate2?> CertificateAsync(Call call, IPEndPoint listen, CancellationToken cancellationToken)
    {
        if (call.Get(_cert) is { Length: > 0 } file)
            return GatewayCertificate.Load(file, call.Get(_key));

        if (!call.Get(_selfSigned))
            return null;

        var isAny = listen.Address.Equals(IPAddress.Any) || listen.Address.Equals(IPAddress.IPv6Any);
        var made = await GatewayCertificate.SelfSignedAsync(new GatewayState(call).TlsFolder, isAny ? Hosts(call) : [.. Hosts(call), listen.Address.ToString()], call.Time, cancellationToken);
        call.Screen.Note($"Certificate {Path.Combine(new GatewayState(call).TlsFolder, "self-signed.pem")}, SHA-256 {made.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)}");
        return made;
    }

    private static IPEndPoint Address(string text)
    {
        var numeric = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text[9..] : text.StartsWith(':') ? "0.0.0.0" + text : text;
        return IPEndPoint.TryParse(numeric, out var address) && numeric.Contains(':', StringComparison.Ordinal)
            ? address
            : throw CliException.Usage($"--addr: '{Escaping.Visible(text)}' is not HOST:PORT.", "As in 127.0.0.1:8080, or [::1]:8080");
    }
}
