using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("CONNECT example.com:443", "403")]
    [InlineData("CONNECT 1fichier.com.example.com:443", "403")]
    [InlineData("CONNECT evil1fichier.com:443", "403")]
    [InlineData("CONNECT api.1fichier.com:80", "403")]
    [InlineData("GET http://api.1fichier.com/", "403")]
    [InlineData("CONNECT 127.0.0.1:443", "403")]
    public async Task Nothing_but_the_services_hosts_is_reached(string line, string status)
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        var answer = await RawConnection.ExchangeAsync(service.Server.Proxy!, RawConnection.Request(line, ""));
        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1", true)]
    [InlineData("2.0", true)]
    [InlineData("1.1", false)]
    public async Task The_whole_way_works_under_the_services_own_names(string version, bool http2)
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true, Behaviours = new SandboxBehaviours { Http2 = http2 } });
        using var http = Through(service.Server, version);
        var node = JsonNode.Parse(await PostAsync(http, "upload/get_upload_server", "{}"))!;
        Assert.Matches(@"\A(up|ru-)\d\.1fichier\.com\z", (string?)node["url"]);

        using var upload = new ByteArrayContent(Service.Bytes("--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"x.txt\"\r\n\r\ncontent\r\n--b--\r\n"));
        upload.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        using var posted = await http.PostAsync($"https://{node["url"]}/upload.cgi?id={node["id"]}", upload, TestContext.Current.CancellationToken);
        Assert.Equal(302, (int)posted.StatusCode);

        var url = service.Control.Tree().Files[0].Url;
        var token = (string)JsonNode.Parse(await PostAsync(http, "download/get_token", $$"""{"url":"{{url}}"}"""))!["url"]!;
        Assert.Matches(@"\Ahttps://[a-z]-\d\.1fichier\.com/[pc]\d+\z", token);
        Assert.Equal("content", await http.GetStringAsync(token, TestContext.Current.CancellationToken));
        Assert.Contains("x.txt", await http.GetStringAsync(url, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_hosting_domain_has_its_certificate_and_its_files()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Tls = true });
        using var http = Through(service.Server, "1.1");
        string[] domains = ["alterupload.com", "cjoint.net", "desfichiers.com", "dfichiers.com", "megadl.fr", "mesfichiers.org", "piecejointe.net", "pjointe.com", "tenvoi.com", "dl4free.com"];
        var id = new Uri(service.Control.AddFile("x", [1])).Query;
        foreach (var domain in domains)
        {
            using var response = await http.GetAsync($"https://{domain}/{id}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task Without_TLS_there_is_no_proxy()
    {
        await using var service = await Service.StartAsync();
        Assert.Null(service.Server.Proxy);
        Assert.Null(service.Server.CaCertificatePem);
        Assert.Equal(service.Server.Origin + "v1", service.Server.ApiBase.ToString());
    }

    private static HttpClient Through(SandboxServer server, string version)
    {
        var authority = X509Certificate2.CreateFromPem(server.CaCertificatePem);
        var handler = new SocketsHttpHandler { Proxy = new WebProxy(server.Proxy), AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        var http = new HttpClient(handler) { DefaultRequestVersion = new Version(version), DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        http.DefaultRequestHeaders.Authorization = new("Bearer", SandboxOptions.DefaultKey);
        return http;
    }

    private static async Task<string> PostAsync(HttpClient http, string endpoint, string json)
    {
        using var content = new StringContent(json);
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync($"https://api.1fichier.com/v1/{endpoint}.cgi", content, TestContext.Current.CancellationToken);
        return await Service.TextAsync(response);
    }
}
