using System.Net;
using System.Xml.Linq;
using OneFichier.Drive;
using OneFichier.Gateways.WebDav;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

public sealed class PropFindTests
{
    private static readonly (string, string) DepthZero = ("Depth", "0");
    private static readonly (string, string) DepthOne = ("Depth", "1");

    [Fact]
    public async Task Without_a_body_everything_usual_is_told()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "12345");
        var (status, body) = await stage.XmlAsync("PROPFIND", "a.txt", null, DepthZero);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        var prop = body.Descendants(DavXmlNames.Prop).Single();
        Assert.Equal("5", prop.Element(DavXmlNames.Dav + "getcontentlength")!.Value);
        Assert.Equal("text/plain", prop.Element(DavXmlNames.Dav + "getcontenttype")!.Value);
        Assert.Equal("a.txt", prop.Element(DavXmlNames.Dav + "displayname")!.Value);
        Assert.Empty(prop.Element(DavXmlNames.Dav + "resourcetype")!.Elements());
        Assert.True(DateTimeOffset.TryParse(prop.Element(DavXmlNames.Dav + "creationdate")!.Value, out _));
        Assert.EndsWith(" GMT", prop.Element(DavXmlNames.Dav + "getlastmodified")!.Value, StringComparison.Ordinal);
        using var head = await stage.SendAsync("HEAD", "a.txt");
        Assert.Equal(head.Headers.ETag!.ToString(), prop.Element(DavXmlNames.Dav + "getetag")!.Value);
        Assert.Equal(2, prop.Element(DavXmlNames.Dav + "supportedlock")!.Elements().Count());
        Assert.Null(prop.Element(DavXmlNames.Dav + "quota-used-bytes"));
    }

    [Fact]
    public async Task Depth_one_shows_a_folder_and_what_is_in_it()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("f/a.txt", "x");
        await stage.PutAsync("f/sub/deep.txt", "x");
        var (_, body) = await stage.XmlAsync("PROPFIND", "f", null, DepthOne);
        Assert.Equal(["/f/", "/f/a.txt", "/f/sub/"], body.Descendants(DavXmlNames.Href).Select(h => h.Value));
        Assert.Equal(2, body.Descendants(DavXmlNames.Dav + "collection").Count());
    }

    [Fact]
    public async Task Infinity_is_refused_by_its_name_or_walks_the_tree_where_that_is_wanted()
    {
        await using (var stage = await DavStage.StartAsync())
        {
            var (status, body) = await stage.XmlAsync("PROPFIND", "", null, ("Depth", "infinity"));
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.NotNull(body.Element(DavXmlNames.Dav + "propfind-finite-depth"));
            Assert.Equal(HttpStatusCode.Forbidden, await stage.StatusAsync("PROPFIND", ""));
        }

        await using var deep = await DavStage.StartAsync(options: new WebDavOptions { DeepListings = true });
        await deep.PutAsync("f/sub/deep.txt", "x");
        var (_, all) = await deep.XmlAsync("PROPFIND", "", null, ("Depth", "infinity"));
        Assert.Equal(["/", "/f/", "/f/sub/", "/f/sub/deep.txt"], all.Descendants(DavXmlNames.Href).Select(h => h.Value));
    }

    [Fact]
    public async Task A_deep_listing_that_fails_half_way_is_broken_off()
    {
        await using var stage = await DavStage.StartAsync(
            new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.List, FaultMoment.Before, 3)), new WebDavOptions { DeepListings = true });
        for (var n = 0; n < 300; n++)
            await stage.PutAsync($"f/{n}.txt", "x");
        await stage.PutAsync("f/sub/deep.txt", "x");
        await stage.PutAsync("z/deep.txt", "x");
        await Assert.ThrowsAnyAsync<Exception>(() => stage.XmlAsync("PROPFIND", "", null, ("Depth", "infinity")));
    }

    [Fact]
    public async Task Named_properties_are_told_or_missed_by_name()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "12345");
        const string Query = "<propfind xmlns=\"DAV:\" xmlns:x=\"urn:x\"><prop><getcontentlength/><x:colour/></prop></propfind>";
        var (_, body) = await stage.XmlAsync("PROPFIND", "a.txt", Query, DepthZero);
        var (_, brief) = await stage.XmlAsync("PROPFIND", "a.txt", Query, DepthZero, ("Brief", "t"));

        Assert.Equal(["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"], body.Descendants(DavXmlNames.Status).Select(s => s.Value));
        Assert.Equal(["getcontentlength", "colour"], body.Descendants(DavXmlNames.Prop).Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["HTTP/1.1 200 OK"], brief.Descendants(DavXmlNames.Status).Select(s => s.Value));
    }

    [Fact]
    public async Task Names_are_told_without_values()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "12345");
        var (_, body) = await stage.XmlAsync("PROPFIND", "a.txt", "<propfind xmlns=\"DAV:\"><propname/></propfind>", DepthZero);
        Assert.Contains(body.Descendants(DavXmlNames.Prop).Elements(), e => e.Name.LocalName == "getetag");
        Assert.All(body.Descendants(DavXmlNames.Prop).Elements(), e => Assert.True(e.IsEmpty));
    }

    [Fact]
    public async Task Room_is_told_where_it_is_asked_for()
    {
        await using var stage = await DavStage.StartAsync(new Roomy(new MemoryVolume()));
        const string Query = "<propfind xmlns=\"DAV:\"><prop><quota-available-bytes/><quota-used-bytes/></prop></propfind>";
        var (_, body) = await stage.XmlAsync("PROPFIND", "", Query, DepthZero);
        Assert.Equal(["700", "300"], body.Descendants(DavXmlNames.Prop).Elements().Select(e => e.Value));
    }

    [Theory]
    [InlineData("&<>\"'%#?;+ ~")]
    [InlineData("%41%2f")]
    [InlineData("é 日本 \U0001F600")]
    [InlineData("e\u0301")]
    [InlineData("control \u0001\u001f\u007f\uFFFE")]
    [InlineData("[brackets]{}|^`")]
    [InlineData("...")]
    [InlineData(" ")]
    public async Task Every_name_comes_back_by_the_address_it_is_listed_with(string name)
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync($"f/{name}", "content");
        var (_, body) = await stage.XmlAsync("PROPFIND", "f/", null, DepthOne);
        var href = body.Descendants(DavXmlNames.Href).Select(h => h.Value).Last();

        Assert.Matches("^[A-Za-z0-9/._~%-]*$", href);
        using var response = await stage.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Url.GetLeftPart(UriPartial.Authority) + href, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
        Assert.Equal("content", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_no_address_can_name_is_not_listed()
    {
        await using var stage = await DavStage.StartAsync();
        foreach (var name in new[] { ".", "..", "back\\slash", "plain" })
            await stage.PutAsync($"f/{name}", "x");
        var (_, body) = await stage.XmlAsync("PROPFIND", "f/", null, DepthOne);
        Assert.Equal(["/f/", "/f/plain"], body.Descendants(DavXmlNames.Href).Select(h => h.Value));
    }

    [Fact]
    public async Task An_old_listing_is_shown_and_says_so()
    {
        await using var stage = await DavStage.StartAsync(new Stale(new MemoryVolume()));
        await stage.PutAsync("f/a.txt", "x");
        var (status, body) = await stage.XmlAsync("PROPFIND", "f/", null, DepthOne);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Equal(2, body.Elements(DavXmlNames.Response).Count());
        Assert.Contains("as it was", body.Element(DavXmlNames.Dav + "responsedescription")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_folder_is_sent_whole()
    {
        await using var stage = await DavStage.StartAsync();
        for (var n = 0; n < 2000; n++)
            await stage.PutAsync($"f/{n}", "x");
        var (_, body) = await stage.XmlAsync("PROPFIND", "f/", null, DepthOne);
        Assert.Equal(2001, body.Elements(DavXmlNames.Response).Count());
    }

    [Theory]
    [InlineData("<propfind xmlns=\"DAV:\"/>")]
    [InlineData("<propfind xmlns=\"DAV:\"><prop/><allprop/></propfind>")]
    [InlineData("<propfind xmlns=\"urn:other\"><allprop/></propfind>")]
    [InlineData("<propertyupdate xmlns=\"DAV:\"/>")]
    [InlineData("not xml")]
    public async Task A_body_that_asks_nothing_is_a_bad_request(string body)
    {
        await using var stage = await DavStage.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await stage.StatusAsync("PROPFIND", "", body, DepthZero));
    }

    private sealed class Roomy(IVolume inner) : VolumeDecorator(inner), IVolumeSpace
    {
        public ValueTask<VolumeSpace?> SpaceAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<VolumeSpace?>(new VolumeSpace(300, 700));
    }

    private sealed class Stale(IVolume inner) : VolumeDecorator(inner)
    {
        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default) =>
            await Inner.ListAsync(folder, cancellationToken) with { Failure = new FichierUnavailableException("Nobody answers."), AsOf = DateTimeOffset.UnixEpoch };
    }
}
