using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Server;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests;

public sealed class GatewayHostTests
{
    [Fact]
    public async Task A_request_under_way_ends_before_the_host_does()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(async context =>
        {
            begun.SetResult();
            await go.Task;
            await context.Response.WriteAsync("whole");
        }));
        var answer = stage.NewClient();
        answer.DefaultRequestHeaders.Authorization = GatewayStage.Basic(stage.User, stage.Secret);
        var text = answer.GetStringAsync("x");
        await begun.Task;
        var end = stage.DisposeAsync();
        go.SetResult();
        Assert.Equal("whole", await text);
        await end;
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.GetStringAsync("x"));
    }

    [Fact]
    public async Task A_request_that_never_ends_is_cut_when_patience_does()
    {
        var begun = new TaskCompletionSource();
        var time = new ManualTime();
        var stage = await GatewayStage.StartAsync(
            new MemoryVolume(),
            app => app.Run(async context =>
            {
                begun.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
            }),
            o => o with { Time = time, StopPatience = TimeSpan.FromSeconds(20) });
        var client = stage.NewClient();
        client.DefaultRequestHeaders.Authorization = GatewayStage.Basic(stage.User, stage.Secret);
        var answer = client.GetStringAsync("x");
        await begun.Task;
        var end = stage.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        await time.RunAsync(end);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task With_a_certificate_HTTPS_alone_is_spoken_in_both_versions()
    {
        using var folder = new TempFolder();
        using var certificate = await GatewayCertificate.SelfSignedAsync(folder.Path, ["nas.lan"], TimeProvider.System);
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(c => c.Response.WriteAsync(c.Request.Protocol)), o => o with { Certificate = certificate });
        Assert.Equal("https", stage.Url.Scheme);
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var client = Trusting(certificate, stage);
            (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
            Assert.Equal($"HTTP/{(version.Major == 2 ? "2" : "1.1")}", await client.GetStringAsync("x"));
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => stage.Client.GetStringAsync("x"));
        Assert.DoesNotContain("HTTP/1.1 200", await stage.RawAsync("GET / HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_made_here_is_kept_until_it_must_name_another_host()
    {
        using var folder = new TempFolder();
        using var first = await GatewayCertificate.SelfSignedAsync(folder.Path, ["nas.lan", "192.168.1.2"], TimeProvider.System);
        using var again = await GatewayCertificate.SelfSignedAsync(folder.Path, ["192.168.1.2"], TimeProvider.System);
        using var other = await GatewayCertificate.SelfSignedAsync(folder.Path, ["other.lan"], TimeProvider.System);
        Assert.Equal(first.Thumbprint, again.Thumbprint);
        Assert.NotEqual(first.Thumbprint, other.Thumbprint);
        Assert.True(first.MatchesHostname("192.168.1.2") && first.MatchesHostname("localhost") && other.MatchesHostname("other.lan"));
        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in Directory.GetFiles(folder.Path))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_an_error_that_names_it()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["cert.pem"], "no certificate");
        Assert.Contains("cert.pem", Assert.Throws<IOException>(() => GatewayCertificate.Load(folder["cert.pem"], null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_address_is_an_error_at_the_start()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), _ => { });
        await Assert.ThrowsAsync<IOException>(() => GatewayStage.StartAsync(new MemoryVolume(), _ => { }, o => o with { Listen = IPEndPoint.Parse(stage.Url.Authority) }));
    }

    private static HttpClient Trusting(X509Certificate2 certificate, GatewayStage stage)
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            shown?.GetCertHashString() == certificate.GetCertHashString() && !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        var client = new HttpClient(handler) { BaseAddress = stage.Url };
        client.DefaultRequestHeaders.Authorization = GatewayStage.Basic(stage.User, stage.Secret);
        return client;
    }
}
