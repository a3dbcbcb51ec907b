using System.Net;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Server.Tokens;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Tokens;

public sealed class TokenStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    private TokenStore Store => new(_folder.Path, _time);

    [Fact]
    public async Task A_token_is_read_back_with_all_it_allows()
    {
        var scope = new AccessScope
        {
            Level = AccessLevel.Append,
            Path = VolumePath.Parse("home/média"),
            Faces = ["webdav", "http"],
            Expires = _time.GetUtcNow().AddDays(30),
            Networks = [IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fd00::/8")],
            Budget = 1L << 40,
        };
        var issued = await Store.IssueAsync(new TokenRequest(scope) { User = "nas", Remote = "1f" });
        var read = Assert.Single(Store.All());
        Assert.Equal((issued.Token.Id, "nas", "1f", _time.GetUtcNow()), (read.Id, read.User, read.Remote, read.Created));
        Assert.Equal((scope.Level, scope.Path, scope.Expires, scope.Budget), (read.Scope.Level, read.Scope.Path, read.Scope.Expires, read.Scope.Budget));
        Assert.Equal(scope.Faces, read.Scope.Faces);
        Assert.Equal(scope.Networks, read.Scope.Networks);
        Assert.Equal(read.Id, Store.ByUser("nas")!.Id);
        Assert.Equal(read.Id, Store.ById(read.Id)!.Id);
    }

    [Fact]
    public async Task The_secret_is_in_no_file_and_no_other_user_can_read_the_store()
    {
        var issued = await Store.IssueAsync(new TokenRequest(new AccessScope()));
        Assert.All(Directory.GetFiles(_folder.Path), f => Assert.DoesNotContain(issued.Secret[^40..], File.ReadAllText(f), StringComparison.Ordinal));
        Assert.DoesNotContain(issued.Secret, $"{issued} {issued.Token}", StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Store.FilePath));
    }

    [Fact]
    public async Task Secrets_are_long_and_never_the_same()
    {
        var store = Store;
        var secrets = new HashSet<string>();
        for (var n = 0; n < 50; n++)
            secrets.Add((await store.IssueAsync(new TokenRequest(new AccessScope()))).Secret);
        Assert.Equal(50, secrets.Count);
        Assert.All(secrets, s => Assert.Equal(40, s.Split('-')[2].Length));
        Assert.True(secrets.SelectMany(s => s.Split('-')[2]).Distinct().Count() == 32, "forty letters of 32 are 200 bits");
    }

    [Fact]
    public async Task What_one_process_issues_or_revokes_another_knows_at_its_next_question()
    {
        var (one, other) = (Store, Store);
        Assert.Empty(other.All());
        var issued = await one.IssueAsync(new TokenRequest(new AccessScope()) { User = "tv" });
        Assert.True(other.ByUser("tv")!.IsAlive(_time.GetUtcNow()));
        Assert.Equal(issued.Token.Id, (await one.RevokeAsync("tv"))!.Id);
        Assert.False(other.ByUser("tv")!.IsAlive(_time.GetUtcNow()));
        Assert.Null(await other.RevokeAsync("tv"));
    }

    [Fact]
    public async Task Two_processes_that_issue_at_once_lose_no_token()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => new TokenStore(_folder.Path, TimeProvider.System).IssueAsync(new TokenRequest(new AccessScope()) { User = $"u{n}" }))));
        Assert.Equal(12, Store.All().Count);
    }

    [Fact]
    public async Task A_name_can_be_given_again_once_its_token_is_revoked_or_has_ended()
    {
        await Store.IssueAsync(new TokenRequest(new AccessScope { Expires = _time.GetUtcNow().AddHours(1) }) { User = "guest" });
        await Assert.ThrowsAsync<ArgumentException>(() => Store.IssueAsync(new TokenRequest(new AccessScope()) { User = "guest" }));
        _time.Advance(TimeSpan.FromHours(2));
        var second = await Store.IssueAsync(new TokenRequest(new AccessScope()) { User = "guest" });
        Assert.Equal(second.Token.Id, Store.ByUser("guest")!.Id);
        await Store.RevokeAsync("guest");
        var third = await Store.IssueAsync(new TokenRequest(new AccessScope()) { User = "guest" });
        Assert.Equal(third.Token.Id, Store.ByUser("guest")!.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("../x")]
    [InlineData("naïve")]
    public Task A_name_that_would_not_go_through_a_login_is_refused(string name) =>
        Assert.ThrowsAsync<ArgumentException>(() => Store.IssueAsync(new TokenRequest(new AccessScope()) { User = name }));

    [Theory]
    [InlineData("", "damaged")]
    [InlineData("{\"version\":1}", "damaged")]
    [InlineData("{\"version\":1,\"tokens\":[{\"id\":\"a\",\"user\":\"a\",\"hash\":\"00\",\"scope\":\"read\",\"path\":\"/\"}]}", "damaged")]
    [InlineData("{\"version\":1,\"tokens\":[{\"id\":\"a\",\"user\":\"a\",\"hash\":\"\",\"scope\":\"god\",\"path\":\"/\"}]}", "damaged")]
    [InlineData("{\"version\":2,\"tokens\":[]}", "newer")]
    public async Task A_file_that_cannot_be_understood_is_an_error_and_never_an_empty_one(string content, string word)
    {
        await File.WriteAllTextAsync(Store.FilePath, content);
        Assert.Contains(word, Assert.Throws<IOException>(Store.All).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => Store.IssueAsync(new TokenRequest(new AccessScope())));
        Assert.Equal(content, await File.ReadAllTextAsync(Store.FilePath));
    }
}
