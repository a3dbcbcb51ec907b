using System.Net;
using System.Xml.Linq;
using OneFichier.Drive;
using OneFichier.Gateways.WebDav;

namespace OneFichier.Gateways.Tests.WebDav;

public sealed class PropPatchTests
{
    private static readonly XNamespace X = "urn:x";

    [Fact]
    public async Task What_was_set_is_told_as_the_xml_it_was_until_it_is_removed()
    {
        await using var stage = await FileAsync();
        const string Value = "<x:note xmlns:x=\"urn:x\" a=\"1\">text <b xmlns=\"urn:y\"> &lt;kept&gt; </b>\U0001F600</x:note>";
        await SetAsync(stage, "a.txt", Value);

        Assert.True(XNode.DeepEquals(Normal(XElement.Parse(Value, LoadOptions.PreserveWhitespace)), Normal((await GetAsync(stage, "a.txt", X + "note"))!)));
        await stage.XmlAsync("PROPPATCH", "a.txt", Update("<remove><prop><x:note xmlns:x=\"urn:x\"/></prop></remove>"));
        Assert.Null(await GetAsync(stage, "a.txt", X + "note"));
    }

    [Fact]
    public async Task The_language_of_the_surroundings_is_kept()
    {
        await using var stage = await FileAsync();
        await stage.XmlAsync("PROPPATCH", "a.txt", "<propertyupdate xmlns=\"DAV:\" xml:lang=\"fr\"><set><prop><n xmlns=\"urn:x\">oui</n></prop></set></propertyupdate>");
        Assert.Equal("fr", (await GetAsync(stage, "a.txt", X + "n"))!.Attribute(XNamespace.Xml + "lang")!.Value);
    }

    [Fact]
    public async Task All_is_done_or_nothing()
    {
        await using var stage = await FileAsync();
        var (_, body) = await stage.XmlAsync("PROPPATCH", "a.txt", Update("<set><prop><n xmlns=\"urn:x\">1</n><getetag>mine</getetag></prop></set>"));

        Assert.Contains(body.Descendants(DavXmlNames.Status), s => s.Value.Contains("403", StringComparison.Ordinal));
        Assert.Contains(body.Descendants(DavXmlNames.Status), s => s.Value.Contains("424", StringComparison.Ordinal));
        Assert.Null(await GetAsync(stage, "a.txt", X + "n"));
    }

    [Fact]
    public async Task Properties_go_with_what_they_belong_to()
    {
        await using var stage = await FileAsync("f/sub/a.txt");
        await SetAsync(stage, "f/sub/a.txt", "<n xmlns=\"urn:x\">1</n>");
        await stage.StatusAsync("COPY", "f/", null, ("Destination", "/copied/"));
        await stage.StatusAsync("MOVE", "f/", null, ("Destination", "/moved/"));

        Assert.Equal("1", (await GetAsync(stage, "copied/sub/a.txt", X + "n"))!.Value);
        Assert.Equal("1", (await GetAsync(stage, "moved/sub/a.txt", X + "n"))!.Value);
        await stage.StatusAsync("PUT", "moved/sub/a.txt", "new content");
        Assert.Equal("1", (await GetAsync(stage, "moved/sub/a.txt", X + "n"))!.Value);
        await stage.StatusAsync("DELETE", "moved/");
        await stage.PutAsync("moved/sub/a.txt", "another");
        Assert.Null(await GetAsync(stage, "moved/sub/a.txt", X + "n"));
    }

    [Fact]
    public async Task A_new_file_does_not_inherit_from_one_that_went_by_another_way()
    {
        await using var stage = await FileAsync();
        await SetAsync(stage, "a.txt", "<n xmlns=\"urn:x\">1</n>");
        await stage.Volume.RemoveAsync([VolumePath.Parse("a.txt")]);
        await stage.StatusAsync("PUT", "a.txt", "another");
        Assert.Null(await GetAsync(stage, "a.txt", X + "n"));
    }

    [Theory]
    [InlineData("<getlastmodified>Sat, 29 Feb 2020 12:34:56 GMT</getlastmodified>")]
    [InlineData("<Win32LastModifiedTime xmlns=\"urn:schemas-microsoft-com:\">Sat, 29 Feb 2020 12:34:56 GMT</Win32LastModifiedTime>")]
    [InlineData("<lastmodified>1582979696</lastmodified>")]
    public async Task The_modification_time_can_be_set_by_every_name_clients_have_for_it(string property)
    {
        await using var stage = await FileAsync();
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "a.txt", property));
        Assert.Equal(1582979696, (await stage.Volume.FindAsync(VolumePath.Parse("a.txt")))!.ModTime!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_time_that_is_none_is_a_conflict()
    {
        await using var stage = await FileAsync();
        Assert.Equal(["HTTP/1.1 409 Conflict"], await SetAsync(stage, "a.txt", "<getlastmodified>yesterday</getlastmodified>"));
    }

    [Fact]
    public async Task What_windows_sets_after_each_upload_is_accepted_on_files_and_folders()
    {
        await using var stage = await FileAsync("f/a.txt");
        const string Windows = "<Z:Win32CreationTime xmlns:Z=\"urn:schemas-microsoft-com:\">Sat, 29 Feb 2020 12:34:56 GMT</Z:Win32CreationTime>"
            + "<Z:Win32LastModifiedTime xmlns:Z=\"urn:schemas-microsoft-com:\">Sat, 29 Feb 2020 12:34:56 GMT</Z:Win32LastModifiedTime>"
            + "<Z:Win32FileAttributes xmlns:Z=\"urn:schemas-microsoft-com:\">00000020</Z:Win32FileAttributes>";
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "f/a.txt", Windows));
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "f/", Windows));
    }

    [Fact]
    public async Task There_is_an_end_to_what_clients_may_leave_here()
    {
        await using var stage = await DavStage.StartAsync(options: new WebDavOptions { MaxPropertyBytes = 5000 });
        await stage.PutAsync("a.txt", "x");
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "a.txt", $"<n xmlns=\"urn:x\">{new string('x', 1000)}</n>"));
        Assert.Equal(["HTTP/1.1 507 Insufficient Storage"], await SetAsync(stage, "a.txt", $"<m xmlns=\"urn:x\">{new string('x', 2000)}</m>"));
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "a.txt", $"<Win32FileAttributes xmlns=\"urn:schemas-microsoft-com:\">{new string('0', 2000)}</Win32FileAttributes>"));
        await stage.StatusAsync("DELETE", "a.txt");
        await stage.PutAsync("b.txt", "x");
        Assert.Equal(["HTTP/1.1 200 OK"], await SetAsync(stage, "b.txt", $"<m xmlns=\"urn:x\">{new string('x', 2000)}</m>"));
    }

    [Fact]
    public async Task What_is_not_there_has_no_properties()
    {
        await using var stage = await DavStage.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("PROPPATCH", "none", Update("<set><prop><n xmlns=\"urn:x\"/></prop></set>")));
    }

    private static async Task<DavStage> FileAsync(string path = "a.txt")
    {
        var stage = await DavStage.StartAsync();
        await stage.PutAsync(path, "content");
        return stage;
    }

    private static string Update(string steps) => $"<propertyupdate xmlns=\"DAV:\">{steps}</propertyupdate>";

    private static async Task<IEnumerable<string>> SetAsync(DavStage stage, string path, string properties)
    {
        var (status, body) = await stage.XmlAsync("PROPPATCH", path, Update($"<set><prop>{properties}</prop></set>"));
        Assert.Equal(HttpStatusCode.MultiStatus, status);
        return body.Descendants(DavXmlNames.Status).Select(s => s.Value);
    }

    private static async Task<XElement?> GetAsync(DavStage stage, string path, XName name)
    {
        var query = new XElement(DavXmlNames.Dav + "propfind", new XElement(DavXmlNames.Prop, new XElement(name)));
        var (_, body) = await stage.XmlAsync("PROPFIND", path, query.ToString(), ("Depth", "0"));
        return body.Descendants(DavXmlNames.Dav + "propstat").Single().Element(DavXmlNames.Status)!.Value.Contains("200", StringComparison.Ordinal)
            ? body.Descendants(name).Single()
            : null;
    }

    /// <summary>Without the declarations of prefixes, which say nothing.</summary>
    private static XElement Normal(XElement element)
    {
        var copy = new XElement(element);
        copy.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
        return copy;
    }
}
