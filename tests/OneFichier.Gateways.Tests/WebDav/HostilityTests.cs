using System.Net;
using System.Text;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>What attackers send is refused, and the face lives on.</summary>
public sealed class HostilityTests
{
    private const string Bomb = """
        <?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
        <propfind xmlns="DAV:"><prop><x>&d;</x></prop></propfind>
        """;

    private const string External = """
        <?xml version="1.0"?><!DOCTYPE p [<!ENTITY secret SYSTEM "file:///etc/hostname">]><propertyupdate xmlns="DAV:"><set><prop><x xmlns="urn:x">&secret;</x></prop></set></propertyupdate>
        """;

    private const string Parameter = """
        <?xml version="1.0"?><!DOCTYPE p [<!ENTITY % outside SYSTEM "http://127.0.0.1:1/x.dtd">%outside;]><propfind xmlns="DAV:"><allprop/></propfind>
        """;

    public static TheoryData<string, string> Bodies
    {
        get
        {
            var bodies = new TheoryData<string, string>();
            foreach (var method in new[] { "PROPFIND", "PROPPATCH", "LOCK" })
            {
                foreach (var body in new[] { Bomb, External, Parameter, Deep(100), "<a", "<a>&undefined;</a>", "<!DOCTYPE a><a/>", "\0\0\0\0", "<propfind xmlns=\"DAV:\">\u0001</propfind>" })
                    bodies.Add(method, body);
            }

            return bodies;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Xml_that_is_meant_to_harm_is_a_bad_request(string method, string body)
    {
        await using var stage = await FileAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync(method, "a.txt", body, ("Depth", "0")));
        await AliveAsync(stage);
    }

    [Theory]
    [InlineData("PROPFIND")]
    [InlineData("PROPPATCH")]
    [InlineData("LOCK")]
    public async Task Xml_without_an_end_is_cut_off(string method)
    {
        await using var stage = await FileAsync();
        var body = new string(' ', 300 << 10);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await stage.StatusAsync(method, "a.txt", body, ("Depth", "0")));
        var chunked = $"{method} /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nDepth: 0\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n";
        Assert.Equal(413, RawExchange.StatusOf(await stage.RawAsync(chunked)));
        await AliveAsync(stage);
    }

    [Fact]
    public async Task A_property_for_every_letter_is_too_much_to_ask()
    {
        await using var stage = await FileAsync();
        var names = string.Concat(Enumerable.Range(0, 2000).Select(n => $"<p{n}/>"));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("PROPFIND", "a.txt", $"<propfind xmlns=\"DAV:\"><prop>{names}</prop></propfind>", ("Depth", "0")));
    }

    [Theory]
    [InlineData("/..%2f..%2fetc%2fpasswd")]
    [InlineData("/../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/.%2e/etc/passwd")]
    [InlineData("/..%5c..%5cetc")]
    [InlineData("/%c0%ae%c0%ae/etc")]
    [InlineData("/%e0%80%ae%e0%80%ae/etc")]
    [InlineData("/a%00.txt")]
    [InlineData("/%ff")]
    [InlineData("/%")]
    [InlineData("/%u002e%u002e/")]
    [InlineData("/a.txt#fragment")]
    public async Task Paths_that_lead_elsewhere_are_refused_by_every_method(string path)
    {
        await using var stage = await FileAsync();
        foreach (var method in new[] { "GET", "PUT", "DELETE", "MKCOL", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK", "OPTIONS" })
        {
            var answer = await stage.RawAsync($"{method} {path} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            Assert.Equal((method, 400), (method, RawExchange.StatusOf(answer)));
        }

        foreach (var method in new[] { "MOVE", "COPY" })
        {
            var answer = await stage.RawAsync($"{method} /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\nDestination: {path}\r\n\r\n");
            Assert.Equal((method, 400), (method, RawExchange.StatusOf(answer)));
        }

        await AliveAsync(stage);
    }

    [Theory]
    [InlineData("Destination", "/b\t/../../c")]
    [InlineData("Destination", "")]
    [InlineData("Destination", "b")]
    [InlineData("Destination", "//example.com/b")]
    [InlineData("Destination", "http://")]
    [InlineData("Destination", "file:///etc/passwd")]
    [InlineData("Depth", "2147483648")]
    [InlineData("Depth", "0, infinity")]
    [InlineData("Overwrite", "TT")]
    [InlineData("If", "((((((((((")]
    [InlineData("If", "(<a> <b")]
    public async Task Headers_out_of_shape_are_refused_and_change_nothing(string name, string value)
    {
        await using var stage = await FileAsync();
        var destination = name == "Destination" ? "" : "Destination: /b\r\n";
        var answer = await stage.RawAsync($"COPY /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n{destination}{name}: {value}\r\n\r\n");
        Assert.InRange(RawExchange.StatusOf(answer), 400, 502);
        await AliveAsync(stage);
    }

    [Theory]
    [InlineData("Destination: /b\r\nDestination: /c")]
    [InlineData("Destination: /b\r\nDepth: 0\r\nDepth: infinity")]
    [InlineData("Destination: /b\r\nOverwrite: T\r\nOverwrite: F")]
    public async Task A_header_that_says_two_things_says_none(string headers)
    {
        await using var stage = await FileAsync();
        var answer = await stage.RawAsync($"COPY /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n{headers}\r\n\r\n");
        Assert.Equal(400, RawExchange.StatusOf(answer));
        await AliveAsync(stage);
    }

    [Fact]
    public async Task An_if_header_of_a_thousand_lists_is_refused()
    {
        await using var stage = await FileAsync();
        var lists = string.Concat(Enumerable.Repeat("(<urn:x>)", 1000));
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("PUT", "a.txt", "no", ("If", lists)));
        await AliveAsync(stage);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("REPORT")]
    [InlineData("SEARCH")]
    [InlineData("TRACE")]
    [InlineData("get")]
    public async Task Methods_that_are_not_spoken_are_refused_by_name(string method)
    {
        await using var stage = await FileAsync();
        var answer = await stage.RawAsync($"{method} /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(405, RawExchange.StatusOf(answer));
        Assert.Contains("Allow: OPTIONS, GET", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_secret_by_any_method()
    {
        await using var stage = await FileAsync();
        using var stranger = stage.Gateway.NewClient();
        foreach (var method in new[] { "OPTIONS", "GET", "PUT", "DELETE", "MKCOL", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK", "MOVE", "COPY" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "a.txt") { Headers = { { "Destination", "/b" } } };
            using var response = await stranger.SendAsync(request);
            Assert.Equal((method, HttpStatusCode.Unauthorized), (method, response.StatusCode));
        }

        await AliveAsync(stage);
    }

    private static async Task<DavStage> FileAsync()
    {
        var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "content");
        return stage;
    }

    private static async Task AliveAsync(DavStage stage)
    {
        Assert.Equal(HttpStatusCode.MultiStatus, await stage.StatusAsync("PROPFIND", "", null, ("Depth", "1")));
        Assert.Equal(["a.txt"], (await stage.Volume.ListAsync(VolumePath.Root)).Entries.Select(e => e.Name));
        Assert.Equal("content", await stage.ReadAsync("a.txt"));
    }

    private static string Deep(int levels) => new StringBuilder("<propfind xmlns=\"DAV:\"><prop>").Insert(29, "<x>", levels).Append(string.Concat(Enumerable.Repeat("</x>", levels))).Append("</prop></propfind>").ToString();
}
