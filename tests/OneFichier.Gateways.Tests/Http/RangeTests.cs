using System.Net;
using System.Text;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>RFC 9110 §14, a row for each rule; the file is <c>0123456789</c>.</summary>
public sealed class RangeTests
{
    [Theory]
    [InlineData("bytes=0-0", "0", "bytes 0-0/10")]
    [InlineData("bytes=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=9-9", "9", "bytes 9-9/10")]
    [InlineData("bytes=0-9", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=0-", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    [InlineData("bytes=-10", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=-50", "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-50", "89", "bytes 8-9/10")]
    [InlineData("bytes=8-99999999999999999999999999", "89", "bytes 8-9/10")]
    [InlineData("bytes=-99999999999999999999999999", "0123456789", "bytes 0-9/10")]
    [InlineData("BYTES=2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes= 2-4 ,", "234", "bytes 2-4/10")]
    [InlineData("bytes=,,2-4", "234", "bytes 2-4/10")]
    [InlineData("bytes=2-4,100-200", "234", "bytes 2-4/10")]
    [InlineData("bytes=2-4,5-7", "234567", "bytes 2-7/10")]
    [InlineData("bytes=2-6,4-8", "2345678", "bytes 2-8/10")]
    [InlineData("bytes=0-,0-,0-", "0123456789", "bytes 0-9/10")]
    public async Task One_part_is_sent_as_it_is(string range, string expected, string contentRange)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", ("Range", range));

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, response.Content.Headers.ContentRange!.ToString());
        Assert.Equal(expected.Length, response.Content.Headers.ContentLength);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("bytes=0-1,4-5", "0-1:01 4-5:45")]
    [InlineData("bytes=8-9, 0-1", "8-9:89 0-1:01")]
    [InlineData("bytes=0-0,-1", "0-0:0 9-9:9")]
    [InlineData("bytes=0-0,2-2,50-60,4-", "0-0:0 2-2:2 4-9:456789")]
    [InlineData("bytes=6-7,0-1,1-2", "0-2:012 6-7:67")]
    public async Task Several_parts_are_sent_each_with_its_place(string range, string expected)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", ("Range", range));
        var body = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("multipart/byteranges", response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Content.Headers.ContentRange);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(expected, string.Join(' ', Parts(Encoding.Latin1.GetString(body), response.Content.Headers.ContentType.Parameters.Single(p => p.Name == "boundary").Value!)));
    }

    [Theory]
    [InlineData("bytes=10-")]
    [InlineData("bytes=10-20")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999999999-")]
    [InlineData("bytes=10-11,50-,-0")]
    public async Task When_no_byte_of_it_is_there_it_is_416_with_the_size(string range)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        using var response = await stage.SendAsync("GET", "a.txt", ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */10", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=0-1,4-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("bytes=")]
    [InlineData("bytes=,")]
    [InlineData("bytes=1")]
    [InlineData("bytes=--1")]
    [InlineData("bytes=-1-")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1 - 2")]
    [InlineData("bytes=0x1-2")]
    [InlineData("bytes 0-1")]
    [InlineData("bytes")]
    [InlineData("lines=1-2")]
    [InlineData("none")]
    public async Task What_cannot_be_read_or_is_of_another_unit_is_ignored(string range)
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        Assert.Equal((200, "0123456789"), await stage.GetAsync("a.txt", ("Range", range)));
    }

    [Fact]
    public async Task Only_get_knows_ranges()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        using var response = await stage.SendAsync("HEAD", "a.txt", ("Range", "bytes=0-1"));
        Assert.Equal((HttpStatusCode.OK, 10), (response.StatusCode, response.Content.Headers.ContentLength));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync("HEAD", "a.txt", ("Range", "bytes=50-")));
    }

    [Fact]
    public async Task Of_an_empty_file_the_end_is_all_of_it_and_everything_else_beyond_it()
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.PutAsync("empty", "");
        Assert.Equal((200, ""), await stage.GetAsync("empty"));
        Assert.Equal((200, ""), await stage.GetAsync("empty", ("Range", "bytes=-5")));
        Assert.Equal((416, ""), await stage.GetAsync("empty", ("Range", "bytes=0-")));
        Assert.Equal((416, ""), await stage.GetAsync("empty", ("Range", "bytes=-0")));
    }

    [Theory]
    [InlineData(32, 206)]
    [InlineData(33, 200)]
    [InlineData(101, 200)]
    [InlineData(2000, 200)]
    public async Task Many_small_parts_are_an_attack_and_the_whole_is_sent(int parts, int status)
    {
        await using var stage = await HttpStage.StartAsync();
        await stage.PutAsync("a.bin", new string('x', 10_000));
        var answer = await stage.GetAsync("a.bin", ("Range", "bytes=" + string.Join(',', Enumerable.Range(0, parts).Select(n => $"{n * 3}-{n * 3}"))));
        Assert.Equal(status, answer.Status);
        Assert.InRange(answer.Body.Length, 1, 10_000);
    }

    [Fact]
    public async Task Any_list_gives_what_the_rules_say_whatever_is_in_it()
    {
        await using var stage = await HttpStage.WithDigitsAsync();
        const int Seed = 9110;
        var random = new Random(Seed);
        for (var round = 0; round < 150; round++)
        {
            var wanted = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (First: random.Next(0, 14), Length: random.Next(1, 6))).ToList();
            using var response = await stage.SendAsync("GET", "a.txt", ("Range", "bytes=" + string.Join(',', wanted.Select(w => $"{w.First}-{w.First + w.Length - 1}"))));
            var body = await response.Content.ReadAsStringAsync();
            var bytes = wanted.SelectMany(w => Enumerable.Range(w.First, w.Length)).Where(n => n < 10).Distinct().Order().ToList();
            var context = $"seed {Seed}, round {round}";
            Assert.True((bytes.Count == 0 ? 416 : 206) == (int)response.StatusCode, context);
            var got = response.Content.Headers.ContentType?.MediaType == "multipart/byteranges"
                ? string.Concat(Parts(body, response.Content.Headers.ContentType.Parameters.Single(p => p.Name == "boundary").Value!).Select(p => p.Split(':')[1]))
                : body;
            Assert.True(string.Concat(bytes) == string.Concat(got.Order()), context);
        }
    }

    /// <summary>Each part of a multipart body as <c>from-to:content</c>; fails on anything that is not as RFC 2046 has it.</summary>
    private static List<string> Parts(string body, string boundary)
    {
        var pieces = body.Split("\r\n--" + boundary);
        Assert.Equal("", pieces[0]);
        Assert.Equal("--\r\n", pieces[^1]);
        return [.. pieces[1..^1].Select(Part)];

        static string Part(string piece)
        {
            var halves = piece.Split("\r\n\r\n", 2);
            var headers = halves[0].Split("\r\n");
            Assert.Equal(["", "Content-Type: text/plain"], headers[..2]);
            Assert.StartsWith("Content-Range: bytes ", headers[2], StringComparison.Ordinal);
            Assert.EndsWith("/10", headers[2], StringComparison.Ordinal);
            return headers[2]["Content-Range: bytes ".Length..^3] + ":" + halves[1];
        }
    }
}
