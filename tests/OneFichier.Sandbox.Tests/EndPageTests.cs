using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class EndPageTests
{
    [Fact]
    public async Task Its_form_is_chosen_by_headers()
    {
        await using var service = await Service.StartAsync();
        using var posted = await service.PostAsync([("x.txt", [1, 2])]);
        var location = posted.Headers.Location!;
        Assert.Matches(@"\A/end\.pl\?xid=[A-Za-z0-9]{10}\z", location.OriginalString);
        Assert.Contains("<h1>Upload finished</h1>", await PageAsync(service, location), StringComparison.Ordinal);
        Assert.Contains("<td>--</td>", await PageAsync(service, location), StringComparison.Ordinal);
        Assert.Matches(@"\Ax\.txt;2;[a-z0-9]{20};;0;", await PageAsync(service, location, ("EXPORT", "1")));
        Assert.StartsWith("{\"incoming\"", await PageAsync(service, location, ("JSON", "1")), StringComparison.Ordinal);
        Assert.StartsWith("{\n", await PageAsync(service, location, ("JSON", "2")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "<!DOCTYPE")]
    [InlineData(true, "{")]
    public async Task The_query_counts_only_when_switched_on(bool on, string start)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { ReportFormatInQuery = on });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        Assert.StartsWith(start, await PageAsync(service, new Uri(posted.Headers.Location + "&JSON=1", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_keeps_one_waiting_then_knows_nothing_then_tells()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { WaitPages = 2, EmptyReports = 1 });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        for (var i = 0; i < 2; i++)
            Assert.Contains("Veuillez patienter", await PageAsync(service, posted.Headers.Location!, ("JSON", "1")), StringComparison.Ordinal);
        Assert.Empty(await service.ReportAsync(posted));
        Assert.Single(await service.ReportAsync(posted));
    }

    [Fact]
    public async Task It_forgets_after_two_hours()
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Time = new ManualTime() });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        service.Control.Advance(TimeSpan.FromHours(2));
        Assert.Single(await service.ReportAsync(posted));
        service.Control.Advance(TimeSpan.FromSeconds(1));
        using var late = await service.EndAsync(posted.Headers.Location!, ("JSON", "1"));
        Assert.Equal("text/html", late.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Files_are_there_after_the_upload_or_after_the_report(bool atReport, int before)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { StoreAtReport = atReport });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        Assert.Equal(before, service.Control.Tree().Files.Count);
        await service.ReportAsync(posted);
        await service.ReportAsync(posted);
        Assert.Single(service.Control.Tree().Files);
    }

    [Fact]
    public async Task The_redirect_may_name_another_id()
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { OtherXid = true, DoubledLinks = true });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        Assert.DoesNotContain(posted.RequestMessage!.RequestUri!.Query["?id=".Length..], posted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(2, (await service.ReportAsync(posted)).Count);
        Assert.Single(service.Control.Tree().Files);
    }

    [Theory]
    [InlineData(InlineReport.Json, "application/json")]
    [InlineData(InlineReport.Html, "text/html")]
    public async Task The_report_may_come_inline(InlineReport form, string type)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { InlineReport = form });
        using var posted = await service.PostAsync([("x.txt", [1])]);
        Assert.Equal((200, type), ((int)posted.StatusCode, posted.Content.Headers.ContentType!.MediaType));
        Assert.Contains(service.Control.Tree().Files[0].Url, await Service.TextAsync(posted), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(Service service, Uri location, params (string, string)[] headers)
    {
        using var response = await service.EndAsync(location, headers);
        return await Service.TextAsync(response);
    }
}
