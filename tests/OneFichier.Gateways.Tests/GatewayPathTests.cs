using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Server;

namespace OneFichier.Gateways.Tests;

public sealed class GatewayPathTests
{
    [Theory]
    [InlineData("/../x")]
    [InlineData("/a/../x")]
    [InlineData("/a/..")]
    [InlineData("/.")]
    [InlineData("/./x")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/%2E./x")]
    [InlineData("/.%2e/x")]
    [InlineData("/a/%2e%2e%2fx")]
    [InlineData("/a%2fb")]
    [InlineData("/a%2Fb")]
    [InlineData("/a%5cb")]
    [InlineData("/..%5c..%5cx")]
    [InlineData("/a\\b")]
    [InlineData("/x%00.txt")]
    [InlineData("/%00")]
    [InlineData("/%c0%ae%c0%ae/x")]
    [InlineData("/%c0%af")]
    [InlineData("/%e0%80%af")]
    [InlineData("/%f0%80%80%af")]
    [InlineData("/%ed%a0%80")]
    [InlineData("/%ff")]
    [InlineData("/%")]
    [InlineData("/%2")]
    [InlineData("/%zz")]
    [InlineData("/%u002e%u002e/x")]
    [InlineData("/%+1")]
    public async Task A_path_that_tries_to_lead_elsewhere_is_refused_in_every_encoding(string path)
    {
        Assert.Throws<BadHttpRequestException>(() => GatewayPath.Parse(path));
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.Equal(400, RawExchange.StatusOf(await stage.RawAsync($"GET {path} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n")));
        Assert.Equal("/still alive", await stage.Client.GetStringAsync("still%20alive"));
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("//", "")]
    [InlineData("/a//b/", "a/b")]
    [InlineData("/%252e%252e/x", "%2e%2e/x")]
    [InlineData("/%2561", "%61")]
    [InlineData("/a%20b+c", "a b+c")]
    [InlineData("/%C3%A9t%C3%A9", "été")]
    [InlineData("/e%CC%81", "e\u0301")]
    [InlineData("/...", "...")]
    [InlineData("/..a/.b", "..a/.b")]
    [InlineData("/%EF%BC%8E%EF%BC%8E/x", "．．/x")]
    [InlineData("/x?a=/../b", "x")]
    [InlineData("/x%3Fy%23z", "x?y#z")]
    public async Task A_name_is_decoded_once_and_is_then_only_a_name(string target, string path)
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        var answer = await stage.RawAsync($"GET {target} HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n");
        Assert.EndsWith("\r\n/" + System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(path)) + "\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_encoded_is_read_back_as_it_was()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        const string Letters = "ab .%+?#&;:@!$'()*,=~éß漢\u202e\u0001\u007f\"<>|^`{}[]…😀";
        var runes = Letters.EnumerateRunes().ToArray();
        for (var n = 0; n < 500; n++)
        {
            var names = Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => runes[random.Next(runes.Length)]))).Where(s => s is not "." and not "..");
            var path = names.Aggregate(VolumePath.Root, (p, s) => p.Combine(s));
            Assert.True(path == GatewayPath.Parse(GatewayPath.Encode(path, isFolder: false)), $"seed {seed}: '{path}'");
        }
    }

    [Theory]
    [InlineData("/plain/b%20c", "b c", 200)]
    [InlineData("http://{host}/plain/b", "b", 200)]
    [InlineData("http://HOST/plain/b", "", 502)]
    [InlineData("//evil.example/plain/b", "", 502)]
    [InlineData("ftp://{host}/plain/b", "", 502)]
    [InlineData("/other/b", "", 400)]
    [InlineData("/plainer/b", "", 400)]
    [InlineData("/plain/../b", "", 400)]
    [InlineData("/plain/%2e%2e/b", "", 400)]
    public async Task The_place_another_header_names_is_read_as_strictly(string destination, string path, int status)
    {
        var face = new GatewayFace("plain", app => app.Run(c => c.Response.WriteAsync("to /" + GatewayPath.ReadOther(c.Request, c.Request.Headers["Destination"]!))));
        await using var stage = await GatewayStage.StartAsync(new OneCaller(new MemoryVolume()), face, o => o with { Faces = [face, face with { Name = "other" }] });
        var answer = await stage.RawAsync($"MOVE /plain/a HTTP/1.1\r\nHost: {{host}}\r\nDestination: {destination}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n");
        Assert.Equal(status, RawExchange.StatusOf(answer));
        if (status == 200)
            Assert.Contains("to /" + path + "\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_faces_share_a_host_each_below_its_name()
    {
        var face = new GatewayFace("one", Echo);
        await using var stage = await GatewayStage.StartAsync(new OneCaller(new MemoryVolume()), face, o => o with { Faces = [face, face with { Name = "two" }] });
        Assert.Equal("/one/", stage.Url.AbsolutePath);
        Assert.Equal("/a/b", await stage.Client.GetStringAsync("a/b"));
        Assert.Equal("/c", await stage.Client.GetStringAsync("/two/c"));
        Assert.Equal("/", await stage.Client.GetStringAsync("/two"));
        Assert.Equal(404, (int)(await stage.Client.GetAsync("/three/x")).StatusCode);
        Assert.Equal(404, (int)(await stage.Client.GetAsync("/")).StatusCode);
    }

    private static void Echo(IApplicationBuilder app) => app.Run(context => context.Response.WriteAsync($"/{context.Request.VolumePath()}"));
}
