using System.Net;
using OneFichier.Drive;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The request sequences of programs that do not run here.</summary>
public sealed class HabitTests
{
    [Fact]
    public async Task Options_says_what_is_spoken()
    {
        await using var stage = await DavStage.StartAsync();
        using var response = await stage.SendAsync("OPTIONS", "");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1, 2, 3", string.Join(", ", response.Headers.GetValues("DAV")));
        Assert.Equal("DAV", response.Headers.GetValues("MS-Author-Via").Single());
        Assert.Equal(
            ["OPTIONS", "GET", "HEAD", "PUT", "DELETE", "MKCOL", "COPY", "MOVE", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK"],
            response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Windows_explorer_saves_a_file()
    {
        await using var stage = await DavStage.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("PROPFIND", "new.docx", null, ("Depth", "0"), ("translate", "f")));
        Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", "new.docx", ""));
        var token = await stage.LockAsync("new.docx", timeout: "Second-3600");
        Assert.Equal(HttpStatusCode.MultiStatus, await stage.StatusAsync("PROPPATCH", "new.docx", Win32("Win32FileAttributes", "00000000"), ("If", $"(<{token}>)")));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("HEAD", "new.docx"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("PUT", "new.docx", "the document", ("If", $"(<{token}>)")));
        Assert.Equal(HttpStatusCode.MultiStatus, await stage.StatusAsync("PROPPATCH", "new.docx", Win32("Win32LastModifiedTime", "Sat, 29 Feb 2020 12:34:56 GMT"), ("If", $"(<{token}>)")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("UNLOCK", "new.docx", null, ("Lock-Token", $"<{token}>")));

        Assert.Equal("the document", await stage.ReadAsync("new.docx"));
        Assert.Equal(2020, (await stage.Volume.FindAsync(VolumePath.Parse("new.docx")))!.ModTime!.Value.Year);
    }

    [Fact]
    public async Task The_finder_saves_a_file_and_its_shadow()
    {
        await using var stage = await DavStage.StartAsync();
        foreach (var name in new[] { "photo.jpg", "._photo.jpg" })
        {
            Assert.Equal(HttpStatusCode.Created, await stage.StatusAsync("PUT", name, ""));
            var token = await stage.LockAsync(name, depth: "0");
            using var chunked = await stage.SendAsync("PUT", name, $"content of {name}", ("If", $"(<{token}>)"), ("X-Expected-Entity-Length", "20"), ("Transfer-Encoding", "chunked"));
            Assert.Equal(HttpStatusCode.NoContent, chunked.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("LOCK", name, null, ("If", $"(<{token}>)")));
            Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("UNLOCK", name, null, ("Lock-Token", $"<{token}>")));
        }

        Assert.Equal("content of photo.jpg", await stage.ReadAsync("photo.jpg"));
        Assert.Equal("content of ._photo.jpg", await stage.ReadAsync("._photo.jpg"));
    }

    [Fact]
    public async Task An_office_program_writes_aside_and_moves_over_what_it_has_locked()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("report.odt", "old");
        var token = await stage.LockAsync("report.odt");
        await stage.StatusAsync("PUT", ".~report.odt", "new");

        Assert.Equal(HttpStatusCode.Locked, await stage.StatusAsync("MOVE", ".~report.odt", null, ("Destination", "/report.odt")));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("MOVE", ".~report.odt", null, ("Destination", "/report.odt"), ("If", $"</report.odt> (<{token}>)")));
        Assert.Equal("new", await stage.ReadAsync("report.odt"));
        Assert.Equal(HttpStatusCode.NoContent, await stage.StatusAsync("UNLOCK", "report.odt", null, ("Lock-Token", $"<{token}>")));
    }

    [Fact]
    public async Task A_player_looks_at_the_end_of_a_film_before_it_plays_the_beginning()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("film.mkv", new string('a', 5000) + "tail");
        Assert.Equal(HttpStatusCode.MultiStatus, await stage.StatusAsync("PROPFIND", "", null, ("Depth", "1")));
        using var tail = await stage.SendAsync("GET", "film.mkv", null, ("Range", "bytes=5000-"));
        using var head = await stage.SendAsync("GET", "film.mkv", null, ("Range", "bytes=0-"));
        Assert.Equal("tail", await tail.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.PartialContent, 5004), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    private static string Win32(string name, string value) =>
        $"<D:propertyupdate xmlns:D=\"DAV:\" xmlns:Z=\"urn:schemas-microsoft-com:\"><D:set><D:prop><Z:{name}>{value}</Z:{name}></D:prop></D:set></D:propertyupdate>";
}
