using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData("seed=1")]
    [InlineData("seed=7,flood=0.02,cut=0.01")]
    [InlineData("seed=7,file/ls:html=0.5,download:corrupt=1,cutafter=0")]
    public void A_plan_is_printed_as_it_is_read(string text) => Assert.Equal(text, FaultPlan.Parse(text).ToString());

    [Theory]
    [InlineData("flood")]
    [InlineData("flood=2")]
    [InlineData("flood=x")]
    [InlineData("thunder=0.1")]
    [InlineData("3=0.1")]
    [InlineData("seed=x")]
    [InlineData("=1")]
    public void A_plan_that_makes_no_sense_is_refused(string text) => Assert.Throws<FormatException>(() => FaultPlan.Parse(text));

    [Fact]
    public async Task The_same_seed_strikes_the_same_requests()
    {
        var first = await FatesAsync("seed=9,flood=0.2,html=0.1");
        Assert.Equal(first, await FatesAsync("seed=9,flood=0.2,html=0.1"));
        Assert.NotEqual(first, await FatesAsync("seed=10,flood=0.2,html=0.1"));
        Assert.InRange(first.Count(f => f == FaultKind.Flood), 8, 40);
        Assert.InRange(first.Count(f => f == FaultKind.Html), 1, 25);
    }

    [Fact]
    public async Task A_queued_fault_strikes_the_next_it_matches_and_no_more()
    {
        await using var service = await Service.StartAsync();
        service.Control.FailNext(FaultKind.Flood, "file/ls", 2);
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/ls"))["status"]);
        await service.RefusedAsync("file/ls");
        await service.RefusedAsync("file/ls");
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls"))["status"]);
        Assert.Equal(2, service.Control.Requests.Count(r => r.Fault == FaultKind.Flood));
    }

    [Theory]
    [InlineData(FaultKind.Error, 500)]
    [InlineData(FaultKind.Busy, 503)]
    [InlineData(FaultKind.Html, 200)]
    public async Task A_page_comes_instead_and_nothing_is_done(FaultKind kind, int status)
    {
        await using var service = await Service.StartAsync();
        service.Control.FailNext(kind);
        using var response = await service.SendAsync("folder/mkdir", new { name = "x" });
        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Empty(service.Control.Tree().Folders);
    }

    [Theory]
    [InlineData(FaultKind.Cut, 0)]
    [InlineData(FaultKind.CutAfter, 1)]
    public async Task A_connection_is_cut_before_or_after_the_deed(FaultKind kind, int made)
    {
        await using var service = await Service.StartAsync();
        service.Control.FailNext(kind);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.SendAsync("folder/mkdir", new { name = "x" }));
        Assert.Equal(made, service.Control.Tree().Folders.Count);
        Assert.Equal(0, Assert.Single(service.Control.Requests).Status);
    }

    [Fact]
    public async Task An_upload_cut_after_is_stored_without_the_client_knowing()
    {
        await using var service = await Service.StartAsync();
        service.Control.FailNext(FaultKind.CutAfter, "upload.cgi");
        await Assert.ThrowsAsync<HttpRequestException>(() => service.PostAsync([("x", [1])]));
        Assert.Single(service.Control.Tree().Files);
        await service.UploadAsync("x", [1]);
        Assert.Equal(1, service.Control.Counters.SentTwice);
    }

    [Theory]
    [InlineData(FaultKind.Half, "download")]
    [InlineData(FaultKind.Half, "file/ls")]
    public async Task Half_a_body_breaks_off(FaultKind kind, string where)
    {
        await using var service = await Service.StartAsync();
        var url = service.Control.AddGeneratedFile("x", 1_000_000);
        var token = await service.TokenAsync(url);
        service.Control.FailNext(kind, where);
        await Assert.ThrowsAsync<HttpRequestException>(() => where == "download" ? service.GetAsync(token) : service.SendAsync(where));
    }

    [Theory]
    [InlineData(FaultKind.Short, 999, 0)]
    [InlineData(FaultKind.Long, 1001, 0)]
    [InlineData(FaultKind.Corrupt, 1000, 1)]
    [InlineData(FaultKind.Slow, 1000, 0)]
    public async Task A_download_comes_wrong(FaultKind kind, int length, int wrong)
    {
        await using var service = await Service.StartAsync();
        var token = await service.TokenAsync(service.Control.AddGeneratedFile("x", 1000));
        var right = await service.Http.GetByteArrayAsync(token, TestContext.Current.CancellationToken);
        service.Control.FailNext(kind, "download");
        var bytes = await service.Http.GetByteArrayAsync(token, TestContext.Current.CancellationToken);
        Assert.Equal(length, bytes.Length);
        Assert.Equal(wrong, right.Zip(bytes).Count(p => p.First != p.Second));
    }

    [Fact]
    public async Task A_node_may_refuse_in_French()
    {
        await using var service = await Service.StartAsync();
        service.Control.FailNext(FaultKind.Refuse);
        using var response = await service.PostAsync([("x", [1])]);
        Assert.Contains("Ne peut ouvrir le fichier destination", await Service.TextAsync(response), StringComparison.Ordinal);
        Assert.Empty(service.Control.Tree().Files);
    }

    [Theory]
    [InlineData(FaultKind.NoLinks, 0)]
    [InlineData(FaultKind.Twice, 2)]
    public async Task A_report_may_come_with_too_few_or_too_many_links(FaultKind kind, int links)
    {
        await using var service = await Service.StartAsync();
        using var posted = await service.PostAsync([("x", [1])]);
        service.Control.FailNext(kind);
        Assert.Equal(links, (await service.ReportAsync(posted)).Count);
        Assert.Single(await service.ReportAsync(posted));
    }

    [Fact]
    public async Task A_report_may_ask_to_wait()
    {
        await using var service = await Service.StartAsync();
        using var posted = await service.PostAsync([("x", [1])]);
        service.Control.FailNext(FaultKind.Wait);
        using var wait = await service.EndAsync(posted.Headers.Location!, ("JSON", "1"));
        Assert.Contains("Veuillez patienter", await Service.TextAsync(wait), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lagging_upload_is_listed_five_seconds_later()
    {
        var time = new ManualTime();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = time });
        service.Control.FailNext(FaultKind.Lag, "upload.cgi");
        await service.UploadAsync("x", [1]);
        await service.UploadAsync("y", [1]);
        Assert.Equal(1, (int)(await service.CallAsync("file/ls"))["count"]!);
        time.Seconds(5);
        Assert.Equal(2, (int)(await service.CallAsync("file/ls"))["count"]!);
    }

    private static async Task<List<FaultKind?>> FatesAsync(string plan)
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Faults = FaultPlan.Parse(plan) });
        for (var i = 0; i < 100; i++)
            (await service.SendAsync("remote/ls")).Dispose();
        return [.. service.Control.Requests.Select(r => r.Fault)];
    }
}
