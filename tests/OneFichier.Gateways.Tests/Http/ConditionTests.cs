using System.Net;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>RFC 9110 §13, a row for each rule. TAG is the file's tag; it was changed on Friday, 1 May 2026, at 10:00:00.</summary>
public sealed class ConditionTests
{
    private const string Then = "Fri, 01 May 2026 10:00:00 GMT";
    private const string Before = "Fri, 01 May 2026 09:59:59 GMT";
    private const string After = "Fri, 01 May 2026 10:00:01 GMT";

    [Theory]
    [InlineData(200, "If-Match", "TAG")]
    [InlineData(200, "If-Match", "*")]
    [InlineData(200, "If-Match", "\"x\", TAG")]
    [InlineData(200, "If-Match", "\"a,b\",,TAG")]
    [InlineData(412, "If-Match", "\"x\"")]
    [InlineData(412, "If-Match", "W/TAG")]
    [InlineData(412, "If-Match", "x")]
    [InlineData(412, "If-Match", "")]
    [InlineData(304, "If-None-Match", "TAG")]
    [InlineData(304, "If-None-Match", "W/TAG")]
    [InlineData(304, "If-None-Match", "*")]
    [InlineData(304, "If-None-Match", "\"x\" , W/\"y\",TAG")]
    [InlineData(200, "If-None-Match", "\"x\"")]
    [InlineData(200, "If-None-Match", "w/TAG")]
    [InlineData(200, "If-None-Match", "x")]
    [InlineData(304, "If-Modified-Since", Then)]
    [InlineData(304, "If-Modified-Since", After)]
    [InlineData(200, "If-Modified-Since", Before)]
    [InlineData(200, "If-Modified-Since", "yesterday")]
    [InlineData(200, "If-Modified-Since", "")]
    [InlineData(200, "If-Unmodified-Since", Then)]
    [InlineData(200, "If-Unmodified-Since", After)]
    [InlineData(412, "If-Unmodified-Since", Before)]
    [InlineData(200, "If-Unmodified-Since", "yesterday")]
    [InlineData(304, "If-Modified-Since", "Friday, 01-May-26 10:00:00 GMT")]
    [InlineData(200, "If-Modified-Since", "Friday, 01-May-26 09:59:59 GMT")]
    [InlineData(304, "If-Modified-Since", "Fri May  1 10:00:00 2026")]
    [InlineData(200, "If-Modified-Since", "Fri May  1 09:59:59 2026")]
    [InlineData(412, "If-Unmodified-Since", "Sunday, 06-Nov-94 08:49:37 GMT")]
    [InlineData(412, "If-Unmodified-Since", "Sun Nov  6 08:49:37 1994")]
    [InlineData(200, "If-Modified-Since", "Tuesday, 01-May-79 10:00:00 GMT")]
    public async Task One_condition(int status, string name, string value)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var filled = value.Replace("TAG", await stage.TagAsync("a.txt"), StringComparison.Ordinal);
        Assert.Equal(status, (int)await stage.StatusAsync("GET", "a.txt", (name, filled)));
        Assert.Equal(status, (int)await stage.StatusAsync("HEAD", "a.txt", (name, filled)));
    }

    [Theory]
    [InlineData(200, "If-Match=TAG", "If-Unmodified-Since=" + Before)]
    [InlineData(412, "If-Match=\"x\"", "If-Unmodified-Since=" + After)]
    [InlineData(200, "If-None-Match=\"x\"", "If-Modified-Since=" + After)]
    [InlineData(304, "If-None-Match=TAG", "If-Modified-Since=" + Before)]
    [InlineData(304, "If-Match=TAG", "If-None-Match=TAG")]
    [InlineData(412, "If-Match=\"x\"", "If-None-Match=TAG")]
    [InlineData(412, "If-Unmodified-Since=" + Before, "If-None-Match=TAG")]
    [InlineData(304, "If-Unmodified-Since=" + After, "If-Modified-Since=" + Then)]
    [InlineData(304, "If-None-Match=TAG", "Range=bytes=0-1")]
    [InlineData(304, "If-None-Match=TAG", "Range=bytes=50-")]
    [InlineData(412, "If-Match=\"x\"", "Range=bytes=50-")]
    [InlineData(206, "If-Match=TAG", "Range=bytes=0-1")]
    [InlineData(206, "If-Range=TAG", "Range=bytes=0-1")]
    [InlineData(200, "If-Range=\"x\"", "Range=bytes=0-1")]
    [InlineData(200, "If-Range=W/TAG", "Range=bytes=0-1")]
    [InlineData(200, "If-Range=*", "Range=bytes=0-1")]
    [InlineData(206, "If-Range=" + Then, "Range=bytes=0-1")]
    [InlineData(206, "If-Range=Friday, 01-May-26 10:00:00 GMT", "Range=bytes=0-1")]
    [InlineData(200, "If-Range=" + After, "Range=bytes=0-1")]
    [InlineData(200, "If-Range=" + Before, "Range=bytes=0-1")]
    [InlineData(416, "If-Range=TAG", "Range=bytes=50-")]
    [InlineData(200, "If-Range=\"x\"", "Range=bytes=50-")]
    [InlineData(200, "If-Range=\"x\"", "X=none")]
    public async Task Two_conditions_in_the_order_of_the_protocol(int status, string one, string other)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var tag = await stage.TagAsync("a.txt");
        Assert.Equal(status, (int)await stage.StatusAsync("GET", "a.txt", Header(one), Header(other)));

        (string, string) Header(string text) => (text.Split('=', 2)[0], text.Split('=', 2)[1].Replace("TAG", tag, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Not_modified_repeats_what_tells_states_apart_and_has_no_body()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        var tag = await stage.TagAsync("a.txt");
        var raw = await stage.Gateway.RawAsync($"GET /a.txt HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n");

        Assert.Equal(304, RawExchange.StatusOf(raw));
        Assert.Contains($"\r\nETag: {tag}\r\n", raw, StringComparison.Ordinal);
        Assert.Contains("\r\nCache-Control: private, no-cache\r\n", raw, StringComparison.Ordinal);
        Assert.Contains("\r\nDate: ", raw, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_404_whatever_the_conditions()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        foreach (var (name, value) in new[] { ("If-Match", "*"), ("If-None-Match", "*"), ("If-Unmodified-Since", Before) })
            Assert.Equal(HttpStatusCode.NotFound, await stage.StatusAsync("GET", "none.txt", (name, value)));
    }

    [Fact]
    public async Task A_date_given_twice_is_ignored()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("GET", "a.txt", ("If-Modified-Since", Then), ("If-Modified-Since", Then)));
    }

    [Fact]
    public async Task A_file_changed_this_very_second_has_a_date_that_is_no_proof()
    {
        var now = new Testing.ManualTime().GetUtcNow();
        await using var stage = await HttpStage.WithDigitsAsync(now);
        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt", ("Range", "bytes=0-1"), ("If-Range", now.ToString("R"))));
    }

    [Fact]
    public async Task A_file_from_the_future_was_changed_now()
    {
        await using var stage = await HttpStage.WithDigitsAsync(HttpStage.Changed.AddYears(1));
        using var head = await stage.SendAsync("HEAD", "a.txt");
        Assert.Equal(new Testing.ManualTime().GetUtcNow(), head.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Tags_are_strong_tell_contents_apart_and_outlive_a_rename()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        await stage.PutAsync("same.txt", "0123456789");
        await stage.PutAsync("other.txt", "012345678X");
        var tag = await stage.TagAsync("a.txt");
        Assert.StartsWith("\"", tag, StringComparison.Ordinal);
        Assert.Equal(tag, await stage.TagAsync("same.txt"));
        Assert.NotEqual(tag, await stage.TagAsync("other.txt"));
    }
}
