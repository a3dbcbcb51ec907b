using System.Net;
using OneFichier.Drive;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

public sealed class GetTests
{
    [Theory]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    [InlineData("bytes=-50", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-50", "89", "bytes 8-9/10")]
    public async Task A_range_gives_those_bytes(string range, string expected, string contentRange)
    {
        await using var stage = await DigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", null, ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, response.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task A_range_beyond_the_file_is_416_with_its_size(string range)
    {
        await using var stage = await DigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", null, ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */10", response.Content.Headers.ContentRange!.ToString());
    }

    [Theory]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("lines=1-2")]
    public async Task A_range_that_is_not_understood_gives_the_whole(string range)
    {
        await using var stage = await DigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", null, ("Range", range));
        Assert.Equal((HttpStatusCode.OK, "0123456789"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task If_Range_gives_the_whole_of_a_file_that_is_another_now()
    {
        await using var stage = await DigitsAsync();
        using var head = await stage.SendAsync("HEAD", "a.txt");

        Assert.Equal(HttpStatusCode.PartialContent, await stage.StatusAsync("GET", "a.txt", null, ("Range", "bytes=0-1"), ("If-Range", head.Headers.ETag!.ToString())));
        Assert.Equal(HttpStatusCode.PartialContent, await stage.StatusAsync("GET", "a.txt", null, ("Range", "bytes=0-1"), ("If-Range", head.Content.Headers.LastModified!.Value.ToString("R"))));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "a.txt", null, ("Range", "bytes=0-1"), ("If-Range", "\"older\"")));
    }

    [Fact]
    public async Task Head_says_what_get_would_without_a_body()
    {
        await using var stage = await DigitsAsync();
        using var head = await stage.SendAsync("HEAD", "a.txt");

        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Equal("text/plain", head.Content.Headers.ContentType!.MediaType);
        Assert.Equal("bytes", head.Headers.AcceptRanges.Single());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Conditions_answer_304_and_412()
    {
        await using var stage = await DigitsAsync();
        using var head = await stage.SendAsync("HEAD", "a.txt");
        var (tag, date) = (head.Headers.ETag!.ToString(), head.Content.Headers.LastModified!.Value.ToString("R"));

        Assert.Equal(HttpStatusCode.NotModified, await stage.StatusAsync("GET", "a.txt", null, ("If-None-Match", $"\"x\", W/{tag}")));
        Assert.Equal(HttpStatusCode.NotModified, await stage.StatusAsync("GET", "a.txt", null, ("If-Modified-Since", date)));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "a.txt", null, ("If-Modified-Since", date), ("If-None-Match", "\"x\"")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("GET", "a.txt", null, ("If-Match", "\"x\"")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await stage.StatusAsync("GET", "a.txt", null, ("If-Unmodified-Since", "Mon, 01 Jan 1990 00:00:00 GMT")));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "a.txt", null, ("If-Unmodified-Since", "no date")));
    }

    [Fact]
    public async Task A_content_that_breaks_off_is_cut_and_never_ends_as_if_it_were_whole()
    {
        await using var stage = await DavStage.StartAsync(new FaultyVolume(new MemoryVolume(), new VolumeFault(VolumeCall.Open, FaultMoment.Halfway)));
        await stage.PutAsync("a.txt", new string('x', 100_000));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await stage.SendAsync("GET", "a.txt");
            await response.Content.ReadAsByteArrayAsync();
        });
    }

    [Fact]
    public async Task A_page_that_would_run_in_a_browser_is_boxed_in()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("evil.html", "<script>alert(1)</script>");
        await stage.PutAsync("evil.svg", "<svg/>");
        foreach (var name in new[] { "evil.html", "evil.svg" })
        {
            using var response = await stage.SendAsync("GET", name);
            Assert.Equal("sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task A_folder_is_a_page_on_which_every_name_is_only_text()
    {
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("f/<b>&\"'#?%.txt", "x");
        await stage.Volume.MakeFolderAsync(VolumePath.Parse("f/sub"));
        using var redirect = await stage.SendAsync("GET", "f");
        using var page = await stage.SendAsync("GET", "f/");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.MovedPermanently, "/f/"), (redirect.StatusCode, redirect.Headers.Location!.OriginalString));
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("/f/%3Cb%3E%26%22%27%23%3F%25.txt", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/f/sub/\"", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_a_file_is_no_folder()
    {
        await using var stage = await DigitsAsync();
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("GET", "none"));
        Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("GET", "a.txt/"));
    }

    private static async Task<DavStage> DigitsAsync()
    {
        var stage = await DavStage.StartAsync();
        await stage.PutAsync("a.txt", "0123456789", new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero));
        return stage;
    }
}
