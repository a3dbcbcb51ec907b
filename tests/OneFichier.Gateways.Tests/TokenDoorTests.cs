using System.Net;
using OneFichier.Drive;
using OneFichier.Drive.Access;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests;

/// <summary>Who is let in at the door of every face, over real HTTP.</summary>
public sealed class TokenDoorTests
{
    [Fact]
    public async Task A_token_opens_as_Basic_and_as_Bearer_its_folder_alone()
    {
        await using var door = await Door.OpenAsync();
        var media = await door.IssueAsync(new AccessScope { Path = VolumePath.Parse("media") }, "tv");
        Assert.Equal(200, await door.StatusAsync("tv", media.Secret, "film"));
        Assert.Equal(200, await door.StatusAsync(media.Token.Id, media.Secret, "film"));
        Assert.Equal(200, await door.StatusAsync("", media.Secret, "film"));
        Assert.Equal(404, await door.StatusAsync("tv", media.Secret, "secret"));
        Assert.Equal(404, await door.StatusAsync("tv", media.Secret, "media/film"));
    }

    [Fact]
    public async Task Who_shows_nothing_or_something_wrong_is_asked_who_it_is()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(user: "tv");
        var other = await door.IssueAsync(user: "nas");
        using var answer = await door.Stage.NewClient().GetAsync("media/film");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["Basic realm=\"fichier\", charset=\"UTF-8\"", "Bearer realm=\"fichier\""], answer.Headers.WwwAuthenticate.Select(h => h.ToString()));
        Assert.Equal(401, await door.StatusAsync("tv", token.Secret + "x"));
        Assert.Equal(401, await door.StatusAsync("tv", other.Secret));
        Assert.Equal(401, await door.StatusAsync("nobody", token.Secret));
        Assert.Equal(
            ["tv login / refused: wrong secret", "tv login / refused: wrong secret", "- login / refused: unknown user"],
            await door.RecordsAsync());
    }

    [Fact]
    public async Task A_revoked_token_ends_at_the_next_request()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(user: "tv");
        Assert.Equal(200, await door.StatusAsync("tv", token.Secret));
        await new Server.Tokens.TokenStore(Path.GetDirectoryName(door.Tokens.FilePath)!, door.Time).RevokeAsync("tv");
        Assert.Equal(401, await door.StatusAsync("tv", token.Secret));
        Assert.Equal("tv login / refused: revoked", (await door.RecordsAsync())[^1]);
    }

    [Fact]
    public async Task A_token_ends_at_its_moment()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(new AccessScope { Expires = door.Time.GetUtcNow().AddMinutes(1) }, "tv");
        Assert.Equal(200, await door.StatusAsync("tv", token.Secret));
        door.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await door.StatusAsync("tv", token.Secret));
        Assert.Equal("tv login / refused: ended", (await door.RecordsAsync())[^1]);
    }

    [Fact]
    public async Task A_token_of_another_face_network_remote_or_folder_is_refused_and_told_why()
    {
        await using var door = await Door.OpenAsync(tree => tree with { Folder = VolumePath.Parse("media") });
        var face = await door.IssueAsync(new AccessScope { Faces = ["webdav"] }, "face");
        var network = await door.IssueAsync(new AccessScope { Networks = [IPNetwork.Parse("10.0.0.0/8")] }, "network");
        var folder = await door.IssueAsync(new AccessScope { Path = VolumePath.Parse("music") }, "folder");
        var remote = await door.Tokens.IssueAsync(new Server.Tokens.TokenRequest(new AccessScope()) { User = "remote", Remote = "work" });
        var right = await door.IssueAsync(new AccessScope { Faces = ["plain"], Networks = [IPNetwork.Parse("127.0.0.0/8")] }, "right");
        Assert.Equal(403, await door.StatusAsync("face", face.Secret));
        Assert.Equal(403, await door.StatusAsync("network", network.Secret));
        Assert.Equal(403, await door.StatusAsync("folder", folder.Secret));
        Assert.Equal(403, await door.StatusAsync("remote", remote.Secret));
        Assert.Equal(200, await door.StatusAsync("right", right.Secret, "film"));
        Assert.Equal("network login / refused: This token may not be used from this address.", (await door.RecordsAsync())[1]);
    }

    [Fact]
    public async Task Each_scope_holds_at_the_face_and_every_use_is_on_record()
    {
        await using var door = await Door.OpenAsync();
        var append = await door.IssueAsync(new AccessScope { Level = AccessLevel.Append }, "nas");
        foreach (var (path, method, status) in new[] { ("new", "PUT", 200), ("new", "PUT", 403), ("media/film", "PUT", 403), ("media/film", "DELETE", 403), ("media/film", "GET", 200) })
        {
            using var answer = await door.SendAsync("nas", append.Secret, path, method, method == "PUT" ? "body" : null);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Equal(
            [
                "nas login / done", "nas put /new done", "nas put /new refused: This token may add files, but not replace them.",
                "nas put /media/film refused: This token may add files, but not replace them.", "nas remove /media/film refused: This token may not remove anything.",
                "nas open /media/film done", "nas read /media/film done",
            ],
            await door.RecordsAsync());
    }

    [Fact]
    public async Task A_server_that_is_read_only_is_so_for_every_token()
    {
        await using var door = await Door.OpenAsync(tree => tree with { ReadOnly = true });
        var admin = await door.IssueAsync(new AccessScope { Level = AccessLevel.Admin }, "root");
        using var put = await door.SendAsync("root", admin.Secret, "x", "PUT", "x");
        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
        Assert.Equal(200, await door.StatusAsync("root", admin.Secret));
    }

    [Fact]
    public async Task A_spent_byte_budget_is_said_as_such()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(new AccessScope { Level = AccessLevel.Write, Budget = 15 }, "guest");
        Assert.Equal(200, await door.StatusAsync("guest", token.Secret));
        using var put = await door.SendAsync("guest", token.Secret, "x", "PUT", "123456");
        Assert.Equal(HttpStatusCode.InsufficientStorage, put.StatusCode);
        Assert.Equal("The byte budget of this token is spent.\n", await put.Content.ReadAsStringAsync());
        using var fits = await door.SendAsync("guest", token.Secret, "x", "PUT", "12345");
        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(403, await door.StatusAsync("guest", token.Secret));
    }

    [Fact]
    public async Task Guessing_is_slowed_and_nobody_else_is()
    {
        await using var door = await Door.OpenAsync();
        var tv = await door.IssueAsync(user: "tv");
        Assert.Equal(200, await door.StatusAsync("tv", tv.Secret));
        var statuses = new List<int>();
        for (var n = 0; n < 6; n++)
            statuses.Add(await door.StatusAsync("nas", "guess" + n));
        Assert.Equal([401, 401, 401, 401, 429, 429], statuses);
        Assert.Equal(200, await door.StatusAsync("tv", tv.Secret));

        using var later = await door.SendAsync("nas", "guess");
        Assert.Equal(TimeSpan.FromSeconds(1), later.Headers.RetryAfter!.Delta);
        door.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await door.StatusAsync("nas", "guess"));
        Assert.Equal(429, await door.StatusAsync("nas", "guess"));
        Assert.Equal(5, (await door.RecordsAsync()).Count(r => r == "- login / refused: unknown user"));
    }

    [Fact]
    public async Task The_accounts_own_key_opens_nothing_is_on_record_and_is_written_nowhere()
    {
        const string Key = "abcdefghijklmnop_0123456789=-XYZ";
        await using var door = await Door.OpenAsync();
        await door.IssueAsync(user: "tv");
        Assert.Equal(401, await door.StatusAsync("tv", Key));
        Assert.Equal(401, await door.StatusAsync("", Key));
        Assert.Equal(401, await door.StatusAsync(Key, "x"));
        Assert.All(await door.RecordsAsync(), r => Assert.EndsWith("refused: the account's own key was shown", r, StringComparison.Ordinal));
        Assert.Equal(3, (await door.RecordsAsync()).Count);
        Assert.Contains("account's own key", door.AllThatWasWritten(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, door.AllThatWasWritten(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_and_no_unknown_name_is_written_anywhere()
    {
        await using var door = await Door.OpenAsync();
        var token = await door.IssueAsync(user: "tv");
        await door.StatusAsync("tv", token.Secret);
        await door.StatusAsync("tv", token.Secret + "almost");
        await door.StatusAsync(token.Secret, "swapped");
        Assert.DoesNotContain(token.Secret[^40..], door.AllThatWasWritten(), StringComparison.Ordinal);
    }
}
