using System.Text.Json;
using OneFichier.Cli.Tests.Trees;

namespace OneFichier.Cli.Tests;

public sealed class AttributeTests
{
    [Fact]
    public async Task Attributes_of_many_files_change_in_one_request_and_what_is_not_named_stays()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var one = desk.Control.AddFile("docs/a.txt", "a"u8);
        desk.Control.AddFile("docs/b.txt", "b"u8);
        (await desk.RunAsync("chattr", "1f:docs/*.txt", "--description", "both", "--inline", "--acl-country", "fr", "--acl-ip", "192.0.2.0/24")).Done();
        (await desk.RunAsync("chattr", one, "--password", "open sesame", "--inline=false")).Done();
        Assert.Equal(2, desk.Control.Requests.Count(r => r.Endpoint == "file/chattr"));
        var (first, second) = (await InfoAsync(desk, one), await InfoAsync(desk, desk.Control.Tree().Files.Single(f => f.Name == "b.txt").Url));
        Assert.Equal("both", first.GetProperty("description").GetString());
        Assert.Equal(0, first.GetProperty("inline").GetInt32());
        Assert.Equal(1, first.GetProperty("pass").GetInt32());
        Assert.Equal(1, second.GetProperty("inline").GetInt32());
        Assert.Equal(0, second.GetProperty("pass").GetInt32());
        Assert.Equal("FR", Assert.Single(second.GetProperty("acl").GetProperty("country").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Restrictions_and_a_password_can_be_taken_away_again()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var file = desk.Control.AddFile("a.txt", "a"u8);
        (await desk.RunAsync("chattr", "1f:a.txt", "--password", "open sesame", "--acl-premium", "--acl-email", "ann@example.org")).Done();
        (await desk.RunAsync("chattr", "1f:a.txt", "--password", "", "--acl-off")).Done();
        var info = await InfoAsync(desk, file);
        Assert.Equal(0, info.GetProperty("pass").GetInt32());
        Assert.False(info.TryGetProperty("acl", out var acl) && acl.ValueKind == JsonValueKind.Object && acl.GetProperty("email").GetArrayLength() > 0);
    }

    [Fact]
    public async Task A_file_that_is_gone_does_not_keep_the_others_from_changing()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var gone = desk.Control.AddFile("docs/gone.txt", "g"u8);
        var kept = desk.Control.AddFile("docs/kept.txt", "k"u8);
        desk.Control.RemoveFile(gone);
        var outcome = await desk.RunAsync("chattr", gone, kept, "--description", "still here");
        Assert.Equal(6, outcome.Code);
        Assert.Equal("still here", (await InfoAsync(desk, kept)).GetProperty("description").GetString());
    }

    [Theory]
    [InlineData("Nothing is to change")]
    [InlineData("at least 6 characters", "--password", "short")]
    [InlineData("is no address", "--acl-ip", "everywhere")]
    [InlineData("is no country", "--acl-country", "France")]
    [InlineData("--acl-off goes with no other", "--acl-off", "--acl-premium")]
    public async Task What_the_service_would_refuse_is_refused_before_a_request(string said, params string[] flags)
    {
        await using var desk = await Desk.WithSandboxAsync();
        var outcome = await desk.RunAsync(["chattr", "1f:a.txt", .. flags]);
        Assert.Equal(2, outcome.Code);
        Assert.Contains(said, outcome.Error);
        Assert.Empty(desk.Control.Requests);
    }

    [Fact]
    public async Task A_scan_tells_clean_from_infected_and_the_infected_file_is_gone_from_the_listing()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("in/good.txt", "g"u8);
        desk.Control.AddFile("in/eicar.com", "v"u8);
        var outcome = await desk.RunAsync("scan", "1f:in");
        Assert.Equal(6, outcome.Code);
        Assert.Equal("clean  in/good.txt", Assert.Single(outcome.Lines));
        Assert.Contains("in/eicar.com: it is infected, and the service has removed it", outcome.Error);
        Assert.Equal(["good.txt"], (await desk.Elsewhere().RunAsync("ls", "1f:in")).Done().Lines);
    }

    [Fact]
    public async Task A_folder_is_shared_with_the_public_and_with_members_until_that_ends()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFolder("team");
        var shared = await ShareAsync(desk, "--public", "--password", "open sesame", "--with", "ann@example.org:rw", "--with", "bob@example.org");
        Assert.StartsWith("https://1fichier.com/dir/", shared.GetProperty("public").GetString());
        Assert.Equal(["ann@example.org True", "bob@example.org False"], Members(await ShareAsync(desk)));
        Assert.Equal(["bob@example.org False", "eve@example.org False"], Members(await ShareAsync(desk, "--without", "Ann@example.org", "--with", "eve@example.org:nolinks")));
        Assert.True((await ShareAsync(desk)).GetProperty("password").GetBoolean());
        await ShareAsync(desk, "--off");
        var ended = await ShareAsync(desk);
        Assert.Equal(JsonValueKind.Null, ended.GetProperty("public").ValueKind);
        Assert.Empty(Members(ended));
    }

    [Fact]
    public async Task A_public_address_costs_one_request_besides_finding_the_folder()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFolder("photos/2024");
        (await desk.RunAsync("ls", "-R")).Done();
        desk.Control.ResetLog();
        var said = (await desk.RunAsync("share", "1f:photos/2024", "--public")).Done().Out;
        Assert.StartsWith("public  https://1fichier.com/dir/", said);
        Assert.Equal("folder/share", Assert.Single(desk.Control.Requests).Endpoint);
    }

    [Theory]
    [InlineData("would be changed", "chattr", "1f:team/a.txt", "--inline")]
    [InlineData("would be scanned", "scan", "1f:team")]
    [InlineData("would be shared anew", "share", "1f:team", "--public", "--with", "ann@example.org")]
    public async Task A_dry_run_says_what_would_be_done_and_changes_nothing(string said, params string[] arguments)
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFile("team/a.txt", "a"u8);
        Assert.Contains(said, (await desk.RunAsync([.. arguments, "--dry-run"])).Done().Error);
        Assert.All(desk.Control.Requests, r => Assert.Equal("folder/ls", r.Endpoint));
    }

    [Theory]
    [InlineData(2, "The root cannot be shared", "1f:", "--public")]
    [InlineData(2, "is no mail address", "1f:team", "--with", "ann")]
    [InlineData(2, "is no right", "1f:team", "--with", "ann@example.org:all")]
    [InlineData(2, "is not shared with", "1f:team", "--without", "ann@example.org")]
    [InlineData(2, "--off goes with no other flag", "1f:team", "--off", "--public")]
    [InlineData(3, "There is no folder", "1f:nowhere", "--public")]
    public async Task What_cannot_be_shared_is_told(int code, string said, params string[] arguments)
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.Control.AddFolder("team");
        var outcome = await desk.RunAsync(["share", .. arguments]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(said, outcome.Error);
        Assert.DoesNotContain(desk.Control.Requests, r => r.Endpoint == "folder/share");
    }

    private static async Task<JsonElement> InfoAsync(Desk desk, string url) => JsonElement.Parse((await desk.RunAsync("api", "file/info", "-f", $"url={url}")).Done().Out);

    private static async Task<JsonElement> ShareAsync(Desk desk, params string[] flags) => JsonElement.Parse((await desk.Elsewhere().RunAsync(["share", "1f:team", "--json", .. flags])).Done().Out);

    private static IEnumerable<string> Members(JsonElement shown) =>
        shown.GetProperty("with").EnumerateArray().Select(g => $"{g.GetProperty("email").GetString()} {g.GetProperty("writable").GetBoolean()}");
}
