using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OneFichier.Server;

/// <summary>Certificates for gateways.</summary>
public static class GatewayCertificate
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(825);
    private static readonly TimeSpan Early = TimeSpan.FromDays(30);

    /// <summary>Reads a certificate, with its chain's first at the top, and its key, both in PEM.</summary>
    /// <exception cref="IOException">A file cannot be read, or they do not belong together.</exception>
    public static X509Certificate2 Load(string certificateFile, string? keyFile)
    {
        try
        {
            return Usable(X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
        }
        catch (Exception e) when (e is CryptographicException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"'{certificateFile}' and its key cannot be used: {e.Message}", e);
        }
    }

    /// <summary>
    /// A certificate that this machine made for itself (ECDSA P-256). It is kept, so that clients who trust it once know it again, and made anew when it ends or must name another host.
    /// </summary>
    /// <param name="folder">Where it is kept, for the owner only: <c>self-signed.pem</c>, and <c>self-signed.key</c>.</param>
    /// <param name="hosts">The names and addresses it is for, besides those of the loopback.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<X509Certificate2> SelfSignedAsync(string folder, IReadOnlyCollection<string> hosts, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        var (certificate, key) = (Path.Combine(folder, "self-signed.pem"), Path.Combine(folder, "self-signed.key"));
        string[] all = [.. hosts.Append("localhost").Append("127.0.0.1").Append("::1").Distinct(StringComparer.OrdinalIgnoreCase)];
        using var held = await FolderLock.AcquireAsync(folder, time, cancellationToken);
        if (File.Exists(certificate) && File.Exists(key))
        {
            var kept = Load(certificate, key);
            if (kept.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime > Early && all.All(h => kept.MatchesHostname(h, allowWildcards: false)))
                return kept;
            kept.Dispose();
        }

        using var made = Make(all, time.GetUtcNow());
        await PrivateFile.ReplaceAsync(key, Encoding.ASCII.GetBytes(made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()), cancellationToken);
        await PrivateFile.ReplaceAsync(certificate, Encoding.ASCII.GetBytes(made.ExportCertificatePem()), cancellationToken);
        return Load(certificate, key);
    }

    private static X509Certificate2 Make(IEnumerable<string> hosts, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fichier gateway", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request.CreateSelfSigned(now.AddMinutes(-5), now + Life);
    }

    /// <summary>Windows serves no key that lives in memory alone.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
