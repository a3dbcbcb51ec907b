using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace OneFichier.Sandbox.Network;

/// <summary>The sandbox's doors: plain HTTP and, when asked for, HTTPS and the CONNECT proxy.</summary>
internal sealed class Listeners(SandboxOptions options) : IDisposable
{
    public CertificateAuthority? Authority { get; } = options.Tls ? new CertificateAuthority(options.Time) : null;

    public string Plain { get; private set; } = "";

    public string? Tls { get; private set; }

    public string? Proxy { get; private set; }

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.Listen(options.Listen, l => l.Protocols = HttpProtocols.Http1);
        if (Authority is null)
            return;
        kestrel.Listen(options.TlsListen, Secure);
        kestrel.Listen(options.ProxyListen, l =>
        {
            l.Use(ConnectProxy.Middleware);
            Secure(l);
        });
    }

    /// <summary>Learns the ports that were taken.</summary>
    public void Bound(IEnumerable<string> addresses)
    {
        var bound = addresses.Select(a => new Uri(a).Port).ToList();
        Plain = $"http://{options.Listen.Address}:{bound[0]}";
        if (Authority is null)
            return;
        Tls = $"https://{options.TlsListen.Address}:{bound[1]}";
        Proxy = $"http://{options.ProxyListen.Address}:{bound[2]}";
    }

    public void Dispose() => Authority?.Dispose();

    private void Secure(ListenOptions listener)
    {
        listener.Protocols = options.Behaviours.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        listener.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = context => ValueTask.FromResult(Authority!.Answer(context.ClientHelloInfo.ServerName)),
        });
    }
}
