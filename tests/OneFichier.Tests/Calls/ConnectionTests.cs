using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneFichier.Testing;

namespace OneFichier.Tests.Calls;

/// <summary>A client whose connections come from elsewhere: a container, an <see cref="HttpClient"/> of the caller's.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_container_gives_one_client_that_works_and_logs_to_the_containers_logger()
    {
        await using var stage = await Stage.StartAsync();
        var log = new LogKeeper();
        await using var container = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddOneFichier(stage.Options).BuildServiceProvider();
        var client = container.GetRequiredService<FichierClient>();
        Assert.Same(client, container.GetRequiredService<FichierClient>());
        client.Options.Logger!.Log(LogLevel.Warning, "heard");
        Assert.Contains("heard", log.Text);
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 1000)], new UploadSettings()));
        Assert.True(outcome.Proven);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_of_the_callers_own_works_even_if_it_follows_redirects_and_unpacks_by_itself(bool follows)
    {
        await using var stage = await Stage.StartAsync();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = follows, AutomaticDecompression = System.Net.DecompressionMethods.All };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = stage.Another(http: http);
        var file = Pattern.File("a.txt", 100_000);
        var outcome = Assert.Single(await client.Transfers.UploadAsync([file], new UploadSettings()));
        Assert.Null(outcome.Error);
        Assert.True(outcome.Proven);
        Assert.Single(stage.Control.Tree().Files);
        var target = stage.Folder["a.txt"];
        await client.Transfers.DownloadAsync(outcome.Stored!.Link, target);
        Assert.Equal(Pattern.Bytes(100_000), await File.ReadAllBytesAsync(target));
        Assert.All(stage.Asked("end.pl"), r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public void A_client_whose_timeout_would_end_long_transfers_is_refused()
    {
        using var http = new HttpClient();
        Assert.Contains("InfiniteTimeSpan", Assert.Throws<ArgumentException>(() => new FichierClient(new FichierOptions(), http)).Message);
    }

    [Theory]
    [InlineData("http://api.1fichier.com/v1")]
    [InlineData("ftp://127.0.0.1/v1")]
    [InlineData("https://user:pass@api.1fichier.com/v1")]
    public void A_base_that_would_show_the_key_is_refused(string apiBase) =>
        Assert.Throws<ArgumentException>(() => new FichierClient(new FichierOptions { ApiBase = new Uri(apiBase) }));

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new FichierClient(new FichierOptions { Attempts = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => new FichierClient(new FichierOptions { MaxWait = TimeSpan.FromSeconds(-1) }));
        Assert.ThrowsAny<ArgumentException>(() => new FichierClient(new FichierOptions { CallTimeout = TimeSpan.Zero }));
        Assert.ThrowsAny<ArgumentException>(() => new FichierClient(new FichierOptions { StallTimeout = TimeSpan.Zero }));
    }

    [Fact]
    public async Task Without_a_key_files_go_up_and_get_a_removal_link_that_works()
    {
        await using var stage = await Stage.StartAsync();
        using var guest = stage.Another(o => o with { Key = null });
        var stored = Assert.Single(await guest.Transfers.UploadAsync([Pattern.File("a", 1000)], new UploadSettings())).Stored!;
        Assert.Single(stage.Control.GuestFiles);
        var code = stored.RemovalUrl!.Split('/')[^1];
        Assert.Equal(1, await stage.Client.Files.RemoveAsync([new FileRemoval(stored.Link, code)]));
        Assert.Empty(stage.Control.GuestFiles);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.Unspecified)]
    public async Task Connections_keep_to_an_address_family(AddressFamily family)
    {
        await using var stage = await Stage.StartAsync(client: o => o with { AddressFamily = family });
        Assert.Empty((await stage.Client.Files.ListAsync(FolderId.Root)).Files);
    }
}
