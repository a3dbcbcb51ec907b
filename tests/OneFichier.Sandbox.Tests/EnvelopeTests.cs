using System.IO.Compression;
using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    public async Task A_body_that_is_not_declared_as_JSON_is_refused(string type)
    {
        await using var service = await Service.StartAsync();
        using var response = await service.SendAsync("file/ls", "{}", contentType: type);
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("Content-Type not JSON #24", await Service.TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Even_a_GET_of_the_upload_server_needs_the_content_type()
    {
        await using var service = await Service.StartAsync();
        using var bare = await service.GetAsync("/v1/upload/get_upload_server.cgi");
        Assert.Contains("Content-Type not JSON", await Service.TextAsync(bare), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/upload/get_upload_server.cgi") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new("application/json");
        using var typed = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Matches("\"id\":\"[A-Za-z0-9]{10}\"", await Service.TextAsync(typed));
    }

    [Fact]
    public async Task A_charset_is_accepted_unless_the_switch_says_no()
    {
        await using var service = await Service.StartAsync();
        const string type = "application/json; charset=utf-8";
        using var accepted = await service.SendAsync("folder/ls", "{}", contentType: type);
        Assert.Equal(200, (int)accepted.StatusCode);
        service.Control.Behaviours = service.Control.Behaviours with { RefuseCharset = true };
        using var refused = await service.SendAsync("folder/ls", "{}", contentType: type);
        Assert.Equal(400, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Other_calls_are_POST_only_and_unknown_ones_are_a_page()
    {
        await using var service = await Service.StartAsync();
        using var get = await service.GetAsync("/v1/file/ls.cgi");
        Assert.Equal(405, (int)get.StatusCode);
        using var unknown = await service.SendAsync("file/list");
        Assert.Equal(404, (int)unknown.StatusCode);
        Assert.Equal("text/html", unknown.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Only_a_working_key_of_the_right_shape_opens()
    {
        await using var service = await Service.StartAsync();
        Assert.StartsWith("No such user #", await service.RefusedAsync("file/ls", null, new string('x', 32)), StringComparison.Ordinal);
        Assert.StartsWith("No such user #", await service.RefusedAsync("file/ls", null, SandboxOptions.DefaultKey.ToUpperInvariant()), StringComparison.Ordinal);
        Assert.StartsWith("Not authenticated #", await service.RefusedAsync("file/ls", null, "short"), StringComparison.Ordinal);
        service.Key = null;
        using var none = await service.SendAsync("file/ls");
        Assert.Equal(401, (int)none.StatusCode);
    }

    [Fact]
    public async Task An_empty_body_is_an_empty_object_and_a_broken_one_is_refused()
    {
        await using var service = await Service.StartAsync();
        Assert.Equal("OK", (string?)(await service.CallAsync("user/info", ""))["status"]);
        Assert.StartsWith("JSON syntax error #", await service.RefusedAsync("file/ls", "{"), StringComparison.Ordinal);
        Assert.StartsWith("JSON syntax error #", await service.RefusedAsync("file/ls", "[]"), StringComparison.Ordinal);
        Assert.StartsWith("JSON syntax error #", await service.RefusedAsync("file/ls", """{"a":1,"a":2}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pretty_indents()
    {
        await using var service = await Service.StartAsync();
        using var response = await service.SendAsync("folder/ls", new { pretty = 1 });
        Assert.Contains("\n  \"", await Service.TextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_come_in_changing_order_unless_switched_off()
    {
        await using var service = await Service.StartAsync();
        Assert.True((await OrdersAsync(service)).Count > 1);
        service.Control.Behaviours = service.Control.Behaviours with { RandomMemberOrder = false };
        Assert.Single(await OrdersAsync(service));
    }

    [Fact]
    public async Task The_same_seed_shuffles_the_same_way()
    {
        await using var one = await Service.StartAsync(new SandboxBehaviours { Seed = 5 });
        await using var two = await Service.StartAsync(new SandboxBehaviours { Seed = 5 });
        Assert.Equal(await OrdersAsync(one), await OrdersAsync(two));
    }

    [Fact]
    public async Task Numbers_drift_when_asked_to()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { DriftingNumbers = true });
        var messages = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
            messages.Add(await service.RefusedAsync("file/info", new { url = "https://1fichier.com/?aaaaaaaaaaaaaaaaaaaa" }));
        Assert.True(messages.Count > 1);
        Assert.All(messages, m => Assert.StartsWith("Resource not found #", m, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RefusalCarrier.AsSeen, 404)]
    [InlineData(RefusalCarrier.Always200, 200)]
    [InlineData(RefusalCarrier.Always4xx, 404)]
    public async Task A_refusal_is_carried_by_the_status_the_switch_names(RefusalCarrier carrier, int status)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { Refusals = carrier });
        using var response = await service.SendAsync("file/info", new { url = "https://1fichier.com/?aaaaaaaaaaaaaaaaaaaa" });
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_envelope_may_be_capitalised()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { CapitalisedEnvelope = true });
        var reply = await service.CallAsync("folder/ls");
        Assert.Equal("OK", (string?)reply["Status"]);
        Assert.Null(reply["status"]);
    }

    [Fact]
    public async Task Replies_are_compressed_for_who_asks()
    {
        await using var service = await Service.StartAsync();
        service.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var response = await service.SendAsync("folder/ls");
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        await using var packed = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        Assert.Equal("Root", (string?)(await JsonNode.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken))!["name"]);
    }

    [Fact]
    public async Task Numbers_may_be_strings_unless_the_switch_says_no()
    {
        await using var service = await Service.StartAsync();
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/ls", new { folder_id = "0" }))["status"]);
        service.Control.Behaviours = service.Control.Behaviours with { AcceptTextNumbers = false };
        Assert.StartsWith("Invalid folder_id", await service.RefusedAsync("folder/ls", new { folder_id = "0" }), StringComparison.Ordinal);
    }

    private static async Task<HashSet<string>> OrdersAsync(Service service)
    {
        var orders = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 8; i++)
            orders.Add(string.Join(',', (await service.CallAsync("user/info")).Select(p => p.Key)));
        return orders;
    }
}
