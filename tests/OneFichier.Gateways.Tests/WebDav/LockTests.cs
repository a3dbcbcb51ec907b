using System.Net;
using OneFichier.Drive;
using OneFichier.Gateways.WebDav;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

public sealed class LockTests
{
    private const HttpStatusCode Locked = HttpStatusCode.Locked;

    [Fact]
    public async Task A_locked_file_changes_only_for_who_shows_the_token()
    {
        await using var stage = await FileAsync();
        var token = await stage.LockAsync("a.txt");
        const string Update = "<propertyupdate xmlns=\"DAV:\"><set><prop><n xmlns=\"urn:x\"/></prop></set></propertyupdate>";

        Assert.Equal(Locked, await stage.StatusAsync("PUT", "a.txt", "no"));
        Assert.Equal(Locked, await stage.StatusAsync("DELETE", "a.txt"));
        Assert.Equal(Locked, await stage.StatusAsync("PROPPATCH", "a.txt", Update));
        Assert.Equal(Locked, await stage.StatusAsync("MOVE", "a.txt", null, ("Destination", "/b.txt")));
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("COPY", "a.txt", null, ("Destination", "/b.txt")));
        Assert.Equal(Locked, await stage.StatusAsync("COPY", "b.txt", null, ("Destination", "/a.txt")));
        Assert.Equal("content", await stage.ReadAsync("a.txt"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "yes", If(token)));
        Assert.Equal("yes", await stage.ReadAsync("a.txt"));
    }

    [Fact]
    public async Task A_refusal_names_the_lock_that_is_in_the_way()
    {
        await using var stage = await FileAsync("f/a.txt");
        await stage.LockAsync("f/");
        var (status, error) = await stage.XmlAsync("PUT", "f/a.txt", "no");
        Assert.Equal(Locked, status);
        Assert.Equal("/f/", error.Element(DavXmlNames.Dav + "lock-token-submitted")!.Element(DavXmlNames.Href)!.Value);
    }

    [Fact]
    public async Task A_lock_of_a_tree_holds_below_and_one_of_a_folder_alone_only_for_its_members()
    {
        await using var stage = await FileAsync("f/sub/a.txt");
        var token = await stage.LockAsync("f/", depth: "0");
        Assert.Equal(Locked, await stage.StatusAsync("PUT", "f/new.txt", "x"));
        Assert.Equal(Locked, await stage.StatusAsync("DELETE", "f/sub/"));
        Assert.Equal(Locked, await stage.StatusAsync("MKCOL", "f/new/"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "f/sub/a.txt", "x"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("UNLOCK", "f/", null, ("Lock-Token", $"<{token}>")));

        await stage.LockAsync("f/");
        Assert.Equal(Locked, await stage.StatusAsync("PUT", "f/sub/a.txt", "x"));
        Assert.Equal(Locked, await stage.StatusAsync("LOCK", "f/sub/a.txt", DavStage.Lock("exclusive")));
    }

    [Fact]
    public async Task What_lies_above_a_locked_file_cannot_be_taken_away()
    {
        await using var stage = await FileAsync("f/sub/a.txt");
        var token = await stage.LockAsync("f/sub/a.txt");
        Assert.Equal(Locked, await stage.StatusAsync("DELETE", "f/"));
        Assert.Equal(Locked, await stage.StatusAsync("MOVE", "f/", null, ("Destination", "/g")));
        Assert.Equal(Locked, await stage.StatusAsync("LOCK", "f/", DavStage.Lock("exclusive")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("DELETE", "f/", null, If(token, "/f/sub/a.txt")));
        await stage.PutAsync("f/sub/a.txt", "again");
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "f/sub/a.txt", "free"));
    }

    [Fact]
    public async Task Shared_locks_stand_together_and_any_of_their_tokens_will_do()
    {
        await using var stage = await FileAsync();
        var first = await stage.LockAsync("a.txt", scope: "shared");
        var second = await stage.LockAsync("a.txt", scope: "shared");
        Assert.Equal(Locked, await stage.StatusAsync("LOCK", "a.txt", DavStage.Lock("exclusive")));
        Assert.Equal(Locked, await stage.StatusAsync("PUT", "a.txt", "no"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "one", If(first)));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "two", If(second)));
        var (_, body) = await stage.XmlAsync("PROPFIND", "a.txt", "<propfind xmlns=\"DAV:\"><prop><lockdiscovery/></prop></propfind>", ("Depth", "0"));
        Assert.Equal([first, second], body.Descendants(DavXmlNames.Dav + "locktoken").Select(t => t.Value));
        Assert.Equal("mailto:a@b", body.Descendants(DavXmlNames.Dav + "owner").First().Value);
    }

    [Fact]
    public async Task A_lock_ends_with_its_time_unless_it_is_refreshed()
    {
        var time = new ManualTime();
        await using var stage = await DavStage.StartAsync(options: new WebDavOptions { Time = time });
        await stage.PutAsync("a.txt", "content");
        var token = await stage.LockAsync("a.txt", timeout: "Second-100");

        time.Advance(TimeSpan.FromSeconds(99));
        var (status, refreshed) = await stage.XmlAsync("LOCK", "a.txt", null, If(token), ("Timeout", "Second-200"));
        Assert.Equal((HttpStatusCode.OK, "Second-200"), (status, refreshed.Descendants(DavXmlNames.Dav + "timeout").Single().Value));
        time.Advance(TimeSpan.FromSeconds(199));
        Assert.Equal(Locked, await stage.StatusAsync("PUT", "a.txt", "no"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("PUT", "a.txt", "no", If(token)));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("LOCK", "a.txt", null, If(token)));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "free"));
    }

    [Theory]
    [InlineData("Infinite", 3600)]
    [InlineData("Second-4100000000", 3600)]
    [InlineData("Second-99999999999999999999999", 3600)]
    [InlineData("Second--5", 3600)]
    [InlineData("Second-0", 3600)]
    [InlineData("nonsense", 3600)]
    [InlineData("Extend, Second-30", 30)]
    public async Task The_time_of_a_lock_is_bounded_whatever_is_asked(string asked, int seconds)
    {
        await using var stage = await DavStage.StartAsync(options: new WebDavOptions { Time = new ManualTime() });
        await stage.PutAsync("a.txt", "content");
        var (_, body) = await stage.XmlAsync("LOCK", "a.txt", DavStage.Lock("exclusive"), ("Timeout", asked));
        Assert.Equal($"Second-{seconds}", body.Descendants(DavXmlNames.Dav + "timeout").Single().Value);
    }

    [Fact]
    public async Task Locking_what_is_not_there_makes_an_empty_file()
    {
        await using var stage = await DavStage.StartAsync();
        using var response = await stage.SendAsync("LOCK", "new.txt", DavStage.Lock("exclusive"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("", await stage.ReadAsync("new.txt"));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("LOCK", "none/new.txt", DavStage.Lock("exclusive")));
        Assert.Equal(Locked, await stage.StatusAsync("PUT", "new.txt", "x"));
    }

    [Fact]
    public async Task A_lock_that_could_not_make_its_file_is_not_held()
    {
        await using var stage = await DavStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.Put, FaultMoment.Before)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync("LOCK", "new.txt", DavStage.Lock("exclusive")));
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", "new.txt", "x"));
    }

    [Fact]
    public async Task There_is_an_end_to_the_number_of_locks()
    {
        var time = new ManualTime();
        await using var stage = await DavStage.StartAsync(options: new WebDavOptions { MaxLocks = 2, Time = time });
        await stage.LockAsync("a", scope: "shared");
        await stage.LockAsync("b");
        Assert.Equal(HttpStatusCode.InsufficientStorage, await stage.StatusAsync("LOCK", "c", DavStage.Lock("shared")));
        Assert.Null(await stage.ReadAsync("c"));
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("LOCK", "c", DavStage.Lock("shared")));
    }

    [Fact]
    public async Task Unlock_wants_the_token_of_a_lock_that_covers_the_place()
    {
        await using var stage = await FileAsync();
        await stage.PutAsync("b.txt", "other");
        var token = await stage.LockAsync("a.txt");
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("UNLOCK", "a.txt"));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("UNLOCK", "a.txt", null, ("Lock-Token", token)));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("UNLOCK", "a.txt", null, ("Lock-Token", "<urn:uuid:none>")));
        Assert.Equal(HttpStatusCode.Conflict, await stage.StatusAsync("UNLOCK", "b.txt", null, ("Lock-Token", $"<{token}>")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("UNLOCK", "a.txt", null, ("Lock-Token", $"<{token}>")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "free"));
    }

    [Fact]
    public async Task A_lock_stays_where_it_was_taken_and_does_not_move_along()
    {
        await using var stage = await FileAsync();
        var token = await stage.LockAsync("a.txt");
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("MOVE", "a.txt", null, ("Destination", "/b.txt"), If(token)));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "b.txt", "free"));
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", "a.txt", "free"));
    }

    [Fact]
    public async Task The_lock_of_a_place_outlives_what_is_moved_onto_it()
    {
        await using var stage = await FileAsync();
        await stage.PutAsync("new/x.txt", "new");
        var token = await stage.LockAsync("a.txt");
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("MOVE", "new/", null, ("Destination", "/a.txt"), If(token, "/a.txt")));
        Assert.Equal(Locked, await stage.StatusAsync("DELETE", "a.txt"));
    }

    [Theory]
    [InlineData("(<{token}> [{tag}])", 204)]
    [InlineData("(<urn:uuid:none>) (<{token}>)", 204)]
    [InlineData("(Not <urn:uuid:none> <{token}>)", 204)]
    [InlineData("<{url}a.txt> (<{token}>)", 204)]
    [InlineData("</a.txt> (<{token}> [{tag}])", 204)]
    [InlineData("(<{token}> [\"other\"])", 412)]
    [InlineData("(Not <{token}>)", 412)]
    [InlineData("</b.txt> (<{token}>)", 412)]
    [InlineData("<http://example.com/a.txt> (<{token}>)", 412)]
    [InlineData("(Not <DAV:no-lock>)", 423)]
    [InlineData("([{tag}])", 423)]
    [InlineData("(<{token}>", 400)]
    [InlineData("()", 400)]
    [InlineData("<{token}>", 400)]
    [InlineData("({token})", 400)]
    [InlineData("(<>)", 400)]
    [InlineData("(<{token}>) </a.txt> (<{token}>)", 400)]
    [InlineData("nonsense", 400)]
    public async Task The_if_header_is_read_as_the_rfc_writes_it(string header, int status)
    {
        await using var stage = await FileAsync();
        var token = await stage.LockAsync("a.txt");
        using var head = await stage.SendAsync("HEAD", "a.txt");
        var value = header.Replace("{token}", token).Replace("{tag}", head.Headers.ETag!.ToString()).Replace("{url}", stage.Url.ToString());
        Assert.Equal(status, (int)await stage.StatusAsync("PUT", "a.txt", "new", ("If", value)));
        Assert.Equal(status == 204 ? "new" : "content", await stage.ReadAsync("a.txt"));
    }

    [Theory]
    [InlineData("<lockinfo xmlns=\"DAV:\"/>")]
    [InlineData("<lockinfo xmlns=\"DAV:\"><lockscope><both/></lockscope><locktype><write/></locktype></lockinfo>")]
    [InlineData("<lockinfo xmlns=\"DAV:\"><lockscope><exclusive/></lockscope><locktype><read/></locktype></lockinfo>")]
    [InlineData("<other/>")]
    public async Task A_lock_nobody_knows_is_refused(string body)
    {
        await using var stage = await FileAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("LOCK", "a.txt", body));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "a.txt", "free"));
    }

    [Fact]
    public async Task A_refresh_without_a_token_or_with_another_depth_is_refused()
    {
        await using var stage = await FileAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("LOCK", "a.txt"));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("LOCK", "a.txt", DavStage.Lock("shared"), ("Depth", "1")));
    }

    private static async Task<DavStage> FileAsync(string path = "a.txt")
    {
        var stage = await DavStage.StartAsync();
        await stage.PutAsync(path, "content");
        return stage;
    }

    private static (string, string) If(string token, string? resource = null) => ("If", resource is null ? $"(<{token}>)" : $"<{resource}> (<{token}>)");
}
