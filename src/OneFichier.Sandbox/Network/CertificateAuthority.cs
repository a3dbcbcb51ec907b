using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OneFichier.Sandbox.Network;

/// <summary>A CA of this sandbox alone, which signs a certificate for any of the service's names when it is asked for.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, Lazy<SslServerAuthenticationOptions>> answers = new(StringComparer.OrdinalIgnoreCase);
    private readonly X509Certificate2 certificate;
    private readonly DateTimeOffset from;

    public CertificateAuthority(TimeProvider time)
    {
        from = time.GetUtcNow().AddDays(-1);
        var request = new CertificateRequest("CN=1fichier sandbox CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        certificate = request.CreateSelfSigned(from, from.AddYears(1));
        Pem = certificate.ExportCertificatePem();
    }

    public string Pem { get; }

    /// <summary>What to do a handshake with, under the name the client asked for.</summary>
    public SslServerAuthenticationOptions Answer(string? name) =>
        answers.GetOrAdd(string.IsNullOrEmpty(name) ? "127.0.0.1" : name, n => new Lazy<SslServerAuthenticationOptions>(() => Issue(n))).Value;

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private SslServerAuthenticationOptions Issue(string name)
    {
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, leafKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var serial = RandomNumberGenerator.GetBytes(12);
        using var bare = request.Create(certificate, from, from.AddYears(1), serial);
        var leaf = bare.CopyWithPrivateKey(leafKey);
        return new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(leaf, [certificate], offline: true) };
    }
}
