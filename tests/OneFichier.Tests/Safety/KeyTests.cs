using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Safety;

/// <summary>Where the key goes, and where it never does.</summary>
public sealed class KeyTests
{
    private const string Key = SandboxOptions.DefaultKey;

    [Fact]
    public async Task The_key_goes_to_the_API_host_in_a_header_and_nowhere_in_an_address_or_a_body()
    {
        var handler = new ScriptedHandler("""{"status":"OK","url":"https://a-1.1fichier.com/p1"}""");
        using var client = handler.Client();
        await client.Downloads.GetLinkAsync(FileLink.FromId("abcde"), new DirectLinkOptions { Password = "secret" });
        var request = Assert.Single(handler.Requests);
        Assert.Equal($"Bearer {Key}", request.Headers["Authorization"]);
        Assert.DoesNotContain(Key, request.Address.AbsoluteUri + request.Text);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("1fichier.com.evil.example")]
    [InlineData("evil1fichier.com")]
    [InlineData("https://evil.example/")]
    [InlineData("up2.1fichier.com@evil.example")]
    [InlineData("key:word@up2.1fichier.com")]
    [InlineData("evil.example/?up2.1fichier.com")]
    [InlineData("evil.example#.1fichier.com")]
    [InlineData("up2.1fichier.com:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("")]
    public async Task A_node_that_is_not_the_services_gets_nothing(string host)
    {
        var handler = new ScriptedHandler($$"""{"url":"{{host}}","id":"abcdefghij"}""");
        using var client = handler.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 10)], new UploadSettings()));
        Assert.IsType<FichierProtocolException>(outcome.Error);
        Assert.All(handler.Requests, r => Assert.Equal("upload/get_upload_server", r.Endpoint));
    }

    [Theory]
    [InlineData("https://evil.example/p1")]
    [InlineData("https://1fichier.com.evil.example/p1")]
    [InlineData("https://x@a-1.1fichier.com/p1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/p1")]
    [InlineData("http://127.0.0.1/p1")]
    [InlineData("")]
    public async Task A_download_link_that_is_not_the_services_is_refused(string url)
    {
        using var client = new ScriptedHandler($$"""{"status":"OK","url":"{{url}}"}""").Client();
        await Assert.ThrowsAsync<FichierProtocolException>(() => client.Downloads.GetLinkAsync(FileLink.FromId("abcde")));
    }

    [Theory]
    [InlineData("127.0.0.1:9", true)]
    [InlineData("127.0.0.2:80", false)]
    [InlineData("localhost:9", false)]
    public async Task On_a_loopback_base_only_its_own_host_sees_the_key_on_whatever_port(string node, bool seen)
    {
        var handler = new ScriptedHandler(r => r.Endpoint == "upload/get_upload_server"
            ? ScriptedHandler.Json($$"""{"url":"{{node}}","id":"abcdefghij"}""")
            : ScriptedHandler.Text("""<div class="bloc2">Pas de fichier trouvé dans l'envoi</div>""", type: "text/html"));
        using var client = handler.Client(o => o with { ApiBase = new Uri("http://127.0.0.1:8000/v1") });
        await client.Transfers.UploadAsync([Pattern.File("a", 10)], new UploadSettings());
        Assert.Equal(seen, handler.Requests.Any(r => r.Endpoint == "/upload" && r.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task Downloads_and_public_shares_go_without_the_key_and_so_do_their_redirects()
    {
        var handler = new ScriptedHandler(r => r.Address.AbsolutePath switch
        {
            "/v1/download/get_token.cgi" => ScriptedHandler.Json("""{"status":"OK","url":"https://a-1.1fichier.com/p1"}"""),
            "/p1" => Redirect("https://cdn.example/p2"),
            "/p2" => ScriptedHandler.Text("content", type: "application/octet-stream"),
            _ => ScriptedHandler.Json("[]"),
        });
        using var client = handler.Client();
        await using (var body = await client.Downloads.OpenAsync(await client.Downloads.GetLinkAsync(FileLink.FromId("abcde"))))
            Assert.Equal("content", await new StreamReader(body.Stream).ReadToEndAsync());
        await client.Shares.ListAsync(ShareLink.Parse("https://1fichier.com/dir/a"));
        Assert.Equal([true, false, false, false], handler.Requests.Select(r => r.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task A_redirect_of_the_API_is_not_followed()
    {
        var handler = new ScriptedHandler(_ => Redirect("https://evil.example/v1/file/ls.cgi"));
        using var client = handler.Client();
        await Assert.ThrowsAsync<FichierProtocolException>(() => client.Files.ListAsync(FolderId.Root));
        Assert.All(handler.Requests, r => Assert.Equal("api.1fichier.com", r.Address.Host));
    }

    [Fact]
    public async Task An_acceptance_that_points_elsewhere_is_not_followed_with_the_key()
    {
        var handler = new ScriptedHandler(r => r.Endpoint switch
        {
            "upload/get_upload_server" => ScriptedHandler.Json("""{"url":"up2.1fichier.com","id":"abcdefghij"}"""),
            "/upload" => Redirect("https://evil.example/end.pl?xid=abcdefghij"),
            _ => ScriptedHandler.Json("""{"status":"OK","items":[]}"""),
        });
        using var client = handler.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 10)], new UploadSettings()));
        Assert.NotNull(outcome.Error);
        Assert.Single(handler.Requests, r => r.Endpoint == "/upload");
        Assert.All(handler.Requests, r => Assert.EndsWith("1fichier.com", r.Address.Host));
    }

    [Fact]
    public async Task A_whole_day_with_its_troubles_leaves_no_key_in_any_log_or_exception()
    {
        var log = new LogKeeper();
        await using var stage = await Stage.StartAsync(
            o => o with { Faults = FaultPlan.Parse("seed=3,cut=0.1,cutafter=0.05,html=0.1,error=0.1,busy=0.1,half=0.1") },
            o => o with { Logger = log, StateFolder = null, Attempts = 3 },
            factor: 2000);
        var seen = new List<string>();
        for (var round = 0; round < 15; round++)
        {
            var outcomes = await stage.Client.Transfers.UploadAsync([Pattern.File($"f{round}", 2000, round)], new UploadSettings());
            seen.AddRange(outcomes.Select(o => $"{o} {o.Error}"));
            seen.Add((await Record.ExceptionAsync(() => stage.Client.Folders.ListAsync(FolderId.Root)))?.ToString() ?? "");
            seen.Add((await Record.ExceptionAsync(() => stage.Client.Folders.CreateAsync($"d{round}")))?.ToString() ?? "");
            if (outcomes[0].Stored is { } stored)
                seen.Add((await Record.ExceptionAsync(() => stage.Client.Transfers.DownloadAsync(stored.Link, stage.Folder[$"f{round}"])))?.ToString() ?? "");
        }

        stage.Control.Faults = FaultPlan.None;
        stage.Control.DisableKey(Key);
        seen.Add((await Record.ExceptionAsync(() => stage.Client.Files.ListAsync(FolderId.Root)))!.ToString());
        seen.Add(stage.Options.ToString());
        Assert.Contains(seen, s => s.Contains("Exception"));
        Assert.DoesNotContain(Key, string.Join('\n', seen) + log.Text);
    }

    [Fact]
    public async Task What_is_kept_on_disk_is_the_owners_alone_and_has_no_key()
    {
        await using var stage = await Stage.StartAsync(client: o => o with { StateFolder = Path.Combine(Path.GetTempPath(), $"fichier-test-{Guid.NewGuid():N}") });
        try
        {
            await stage.Client.Account.GetAsync();
            foreach (var file in Directory.EnumerateFiles(stage.Options.StateFolder!, "*", SearchOption.AllDirectories))
            {
                Assert.DoesNotContain(Key, await File.ReadAllTextAsync(file));
                if (!OperatingSystem.IsWindows())
                    Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
        finally
        {
            Directory.Delete(stage.Options.StateFolder!, recursive: true);
        }
    }

    private static HttpResponseMessage Redirect(string address)
    {
        var response = ScriptedHandler.Text("moved", 302);
        response.Headers.Location = new Uri(address);
        return response;
    }
}
