using OneFichier.Cli.Parsing;
using OneFichier.Server.Audit;
using OneFichier.Server.Tokens;

namespace OneFichier.Cli.Commands;

/// <summary>What the gateways of this user keep, in one folder of the state: tokens, what they used, the audit log, the certificate made here.</summary>
internal sealed class GatewayState(Call call)
{
    public string Folder { get; } = Path.Combine(call.Places.StateFolder, "gateway");

    public string AuditFolder => Path.Combine(Folder, "audit");

    public string TlsFolder => Path.Combine(Folder, "tls");

    public TokenStore Tokens() => new(Folder, call.Time);

    public TokenMeters Meters() => new(Path.Combine(Folder, "usage"), call.Time);

    public AuditLog Log() => new(AuditFolder, call.Time);

    public AuditReader Reader() => new(AuditFolder);
}
