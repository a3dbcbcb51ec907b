using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class RemoteUploadTests
{
    [Fact]
    public async Task Addresses_of_this_machine_are_fetched_and_all_others_fail()
    {
        await using var source = await SandboxServer.StartAsync();
        var page = source.Control.AddFile("film.mkv", "a film"u8);
        await using var service = await Service.StartAsync();
        var address = await DirectAsync(source, page);

        var order = await service.CallAsync("remote/request", new { urls = new[] { address, "http://192.0.2.1/x", "https://example.invalid/y" }, folder_id = service.Control.AddFolder("in") });
        var results = await EndedAsync(service, order, 3);

        Assert.True((long)order["id"]! > int.MaxValue);
        Assert.Equal(["OK", "KO", "KO"], results.Select(r => (string)r!["status"]!));
        var file = Assert.Single(service.Control.Tree().Files);
        Assert.Equal(("in/film.mkv", file.Url), (file.Path, (string)results[0]!["download_link"]!));
        Assert.NotEqual("", (string?)(await service.CallAsync("remote/ls"))["data"]![0]!["execution_date"]);
    }

    [Fact]
    public async Task Results_come_one_by_one_and_what_is_to_fail_fails_as_often_as_wanted()
    {
        await using var source = await SandboxServer.StartAsync();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = new ManualTime() });
        service.Control.Behaviours = service.Control.Behaviours with { RemoteDelay = TimeSpan.FromMinutes(1), RemoteFailName = "bad", RemoteFailTimes = 1 };
        var good = await DirectAsync(source, source.Control.AddFile("a", "a"u8));
        string[] urls = [good, good + "?bad"];
        var order = await service.CallAsync("remote/request", new { urls });

        service.Control.Advance(TimeSpan.FromSeconds(61));
        Assert.Single(await EndedAsync(service, order, 1));
        Assert.Equal("", (string?)(await service.CallAsync("remote/ls"))["data"]![0]!["execution_date"]);
        service.Control.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(["OK", "KO"], (await EndedAsync(service, order, 2)).Select(r => (string)r!["status"]!));

        var again = await service.CallAsync("remote/request", new { urls = urls[1..] });
        service.Control.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("OK", (string?)(await EndedAsync(service, again, 1))[0]!["status"]);
    }

    [Fact]
    public async Task More_than_a_hundred_addresses_are_refused()
    {
        await using var service = await Service.StartAsync();
        await service.RefusedAsync("remote/request", new { urls = Enumerable.Repeat("http://127.0.0.1/", 101).ToArray() });
    }

    private static async Task<string> DirectAsync(SandboxServer source, string page)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, source.ApiBase + "/download/get_token.cgi") { Content = new StringContent($$"""{"url":"{{page}}"}""") };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", SandboxOptions.DefaultKey);
        using var answer = await http.SendAsync(request);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["url"]!;
    }

    private static async Task<JsonArray> EndedAsync(Service service, JsonNode order, int results)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            var told = (await service.CallAsync("remote/info", new { id = (long)order["id"]! }))["result"]!.AsArray();
            if (told.Count >= results)
                return told;

            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
