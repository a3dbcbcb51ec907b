using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OneFichier.Drive;
using OneFichier.Gateways.Tests.Kit;

namespace OneFichier.Gateways.Tests;

public sealed class GuardTests
{
    [Fact]
    public async Task Whoever_shows_user_and_secret_reaches_the_face_with_a_session()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.Equal("tester /a b", await stage.Client.GetStringAsync("a%20b"));
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:80", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost.evil.example", 421)]
    [InlineData("127.0.0.2", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("[::1]", 421)]
    [InlineData("localhost.", 421)]
    [InlineData("", 400)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.0.0.1:1234", 200)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:99", 200)]
    [InlineData("nas.lan", 200)]
    [InlineData("NAS.lan:8080", 200)]
    public async Task Only_a_host_name_that_is_meant_is_answered(string host, int status)
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo, o => o with { HostNames = ["nas.lan"] });
        Assert.Equal(status, RawExchange.StatusOf(await stage.RawAsync($"GET /x HTTP/1.1\r\nHost: {host}\r\nAuthorization: {{auth}}\r\nConnection: close\r\n\r\n")));
    }

    [Fact]
    public async Task An_absolute_target_of_another_host_is_not_answered()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.InRange(RawExchange.StatusOf(await stage.RawAsync("GET http://evil.example/x HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nConnection: close\r\n\r\n")), 400, 421);
        Assert.Contains("tester /x", await stage.RawAsync("GET http://{host}/x HTTP/1.1\r\nHost: {host}\r\nAuthorization: {auth}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: video\r\n", 403)]
    [InlineData("GET", "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n", 403)]
    [InlineData("GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n", 403)]
    [InlineData("POST", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n", 403)]
    [InlineData("DELETE", "Origin: https://evil.example\r\n", 403)]
    [InlineData("PUT", "Origin: null\r\n", 403)]
    [InlineData("PROPFIND", "Origin: http://{host}.evil.example\r\n", 403)]
    [InlineData("GET", "Origin: https://evil.example\r\n", 403)]
    [InlineData("OPTIONS", "Origin: https://evil.example\r\nAccess-Control-Request-Method: PUT\r\n", 403)]
    [InlineData("GET", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n", 200)]
    [InlineData("POST", "Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n", 200)]
    [InlineData("GET", "Sec-Fetch-Site: none\r\n", 200)]
    [InlineData("PUT", "", 200)]
    public async Task What_a_page_of_another_site_asks_for_is_refused(string method, string headers, int status)
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.Equal(status, RawExchange.StatusOf(await stage.RawAsync($"{method} /x HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {{auth}}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n")));
    }

    [Theory]
    [InlineData("Basic", 400)]
    [InlineData("Basic !!!", 400)]
    [InlineData("Basic bm9jb2xvbg==", 400)]
    [InlineData("Basic /////w==", 400)]
    [InlineData("Digest username=\"tester\"", 400)]
    [InlineData("Bearer", 400)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("bearer open-sesame", 200)]
    [InlineData("BASIC dGVzdGVyOm9wZW4tc2VzYW1l", 200)]
    [InlineData("Bearer open-sesame\r\nAuthorization: Bearer open-sesame", 400)]
    public async Task Credentials_are_read_strictly(string header, int status)
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        Assert.Equal(status, RawExchange.StatusOf(await stage.RawAsync($"GET /x HTTP/1.1\r\nHost: {{host}}\r\nAuthorization: {header}\r\nConnection: close\r\n\r\n")));
    }

    [Fact]
    public async Task Every_answer_keeps_browsers_from_guessing_types_and_telling_where_they_came_from()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), Echo);
        foreach (var client in new[] { stage.Client, stage.NewClient() })
        {
            using var answer = await client.GetAsync("x");
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task A_failure_of_the_face_is_answered_without_telling_what_it_was()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(_ => throw new InvalidOperationException("the path /home/me/secret")));
        using var answer = await stage.Client.GetAsync("x");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_half_way_is_cut_and_not_ended()
    {
        await using var stage = await GatewayStage.StartAsync(new MemoryVolume(), app => app.Run(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new IOException("the rest is gone");
        }));
        await Assert.ThrowsAnyAsync<Exception>(() => stage.Client.GetStringAsync("x"));
    }

    private static void Echo(IApplicationBuilder app) =>
        app.Run(context => context.Response.WriteAsync($"{context.Session().User} /{context.Request.VolumePath()}"));
}
