using System.Net;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>Repositories: where they lie, how they are made and removed, and what is no address of one.</summary>
public sealed class ResticRepositoryTests : IAsyncLifetime
{
    private static readonly string Id = ResticStage.NameOf("x");

    private ResticStage _stage = null!;

    [Fact]
    public async Task A_repository_is_made_once_and_taken_as_it_is_after_that()
    {
        Assert.Equal(HttpStatusCode.BadRequest, await _stage.PostAsync("a/b/c/", ""));
        Assert.Equal(HttpStatusCode.NotFound, await _stage.StatusAsync("GET", "a/b/c/keys/"));
        Assert.Equal(HttpStatusCode.OK, await _stage.PostAsync("a/b/c/?create=true", ""));
        Assert.Equal(HttpStatusCode.OK, await _stage.PostAsync("a/b/c/?create=true", ""));
        Assert.Equal("[]", await _stage.ListAsync("a/b/c/keys/"));
    }

    [Fact]
    public async Task Repositories_lie_beside_and_within_each_other()
    {
        foreach (var at in new[] { "", "a/", "a/b/c/", "with%20space/%C3%A9/" })
        {
            Assert.Equal(HttpStatusCode.OK, await _stage.PostAsync(at + "config", "config of " + at));
            Assert.Equal("config of " + at, await _stage.Client.GetStringAsync(at + "config"));
        }

        Assert.Equal(["config", "a/config", "a/b/c/config", "with space/é/config"], (await _stage.FilesAsync()).OrderBy(f => f.Length));
    }

    [Fact]
    public async Task A_removed_repository_takes_nothing_along_that_is_not_its_own()
    {
        foreach (var type in new[] { "data", "keys", "index" })
            await _stage.StoreAsync($"repo/{type}/", "of " + type);
        await _stage.PostAsync("repo/config", "config");
        await _stage.PostAsync("repo/sub/config", "another's");
        await _stage.Volume.PutAsync([Plain.New("repo/data/ab/holiday.jpg", "mine")]);
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync("DELETE", "repo/"));
        Assert.Equal(["repo/data/ab/holiday.jpg", "repo/sub/config"], (await _stage.FilesAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, await _stage.StatusAsync("DELETE", "repo/"));
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync("DELETE", "repo/sub/"));
        Assert.Equal(["repo/data/ab/holiday.jpg"], await _stage.FilesAsync());
    }

    [Theory]
    [InlineData("repo/data")]
    [InlineData("repo/data/short")]
    [InlineData("repo/config/")]
    [InlineData("repo/config/x")]
    [InlineData("repo/data/keys/")]
    [InlineData("repo/data/ID/")]
    [InlineData("repo/data/xx/ID")]
    [InlineData("repo/keys/ID/config")]
    [InlineData("repo/data/BIG")]
    public async Task What_is_no_address_of_the_protocol_is_not_found(string address)
    {
        address = address.Replace("ID", Id, StringComparison.Ordinal).Replace("BIG", Id.ToUpperInvariant(), StringComparison.Ordinal);
        foreach (var method in new[] { "GET", "HEAD", "POST", "DELETE" })
            Assert.Equal(HttpStatusCode.NotFound, await _stage.StatusAsync(method, address));
    }

    [Theory]
    [InlineData("PUT", "repo/config", "HEAD, GET, POST, DELETE")]
    [InlineData("POST", "repo/keys/", "GET")]
    [InlineData("DELETE", "repo/data/", "GET")]
    [InlineData("GET", "repo/", "POST, DELETE")]
    [InlineData("PATCH", "", "POST, DELETE")]
    public async Task Other_methods_are_refused_and_told_which_there_are(string method, string address, string allowed)
    {
        using var answer = await _stage.SendAsync(method, address);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (answer.StatusCode, string.Join(", ", answer.Content.Headers.Allow)));
    }

    [Theory]
    [InlineData("/../config")]
    [InlineData("/repo/../../config")]
    [InlineData("/repo/%2e%2e/config")]
    [InlineData("/repo%2f..%2fother/config")]
    [InlineData("/repo/..%5cother/config")]
    [InlineData("/repo/%00/config")]
    [InlineData("/repo/%ff/config")]
    [InlineData("/repo/%zz/config")]
    public async Task Paths_that_lead_elsewhere_are_refused(string path)
    {
        var answer = await _stage.Gateway.RawAsync($"POST {path} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
        Assert.Equal(400, RawExchange.StatusOf(answer));
        Assert.Empty(await _stage.FilesAsync());
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_token()
    {
        using var stranger = _stage.Gateway.NewClient();
        foreach (var method in new[] { "GET", "HEAD", "POST", "DELETE" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), "config"))).StatusCode);
    }

    [Fact]
    public async Task Private_repositories_lie_below_the_name_of_the_user()
    {
        await using var own = await ResticStage.StartAsync(new ResticOptions { PrivateRepositories = true });
        Assert.Equal(HttpStatusCode.OK, await own.PostAsync($"{own.Gateway.User}/config", "mine"));
        Assert.Equal(HttpStatusCode.OK, await own.PostAsync($"{own.Gateway.User}/laptop/config", "mine too"));
        foreach (var address in new[] { "config", "other/config", $"{own.Gateway.User.ToUpperInvariant()}/config", $"other/{own.Gateway.User}/config" })
            Assert.Equal(HttpStatusCode.Forbidden, await own.PostAsync(address, "not mine"));
        Assert.Equal(HttpStatusCode.Forbidden, await own.StatusAsync("DELETE", "other/"));
        Assert.Equal(2, (await own.FilesAsync()).Count);
    }

    public async ValueTask InitializeAsync() => _stage = await ResticStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();
}
