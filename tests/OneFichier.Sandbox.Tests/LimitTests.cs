using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class LimitTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Three_requests_in_any_second_are_fine_and_the_fourth_locks()
    {
        await using var service = await StartAsync(SandboxLimits.Rps);
        await FineAsync(service);
        time.Seconds(0.9);
        await FineAsync(service);
        await FineAsync(service);
        time.Seconds(0.11);
        await FineAsync(service);
        using var flood = await service.SendAsync("remote/ls");
        Assert.Equal(403, (int)flood.StatusCode);
        Assert.Contains("Flood detected: IP Locked #374", await Service.TextAsync(flood), StringComparison.Ordinal);
        Assert.Equal(1, service.Control.Counters.Floods);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lock_lasts_thirty_seconds_and_may_be_extended(bool extends)
    {
        await using var service = await StartAsync(SandboxLimits.Rps with { LockExtends = extends });
        await FloodAsync(service);
        time.Seconds(29);
        Assert.StartsWith("Flood detected", await service.RefusedAsync("remote/ls"), StringComparison.Ordinal);
        time.Seconds(1);
        if (extends)
            Assert.StartsWith("Flood detected", await service.RefusedAsync("remote/ls"), StringComparison.Ordinal);
        else
            await FineAsync(service);
        time.Seconds(30);
        await FineAsync(service);
    }

    [Fact]
    public async Task A_steady_two_per_second_is_never_refused()
    {
        await using var service = await StartAsync(SandboxLimits.Rps);
        for (var i = 0; i < 60; i++)
        {
            await FineAsync(service);
            time.Seconds(0.5);
        }
    }

    [Fact]
    public async Task Nodes_downloads_and_pages_are_free()
    {
        await using var service = await StartAsync(SandboxLimits.Rps);
        var url = service.Control.AddFile("x", [1]);
        var token = await service.TokenAsync(url);
        using var posted = await service.PostAsync([("y", [1])]);
        for (var i = 0; i < 10; i++)
        {
            using var page = await service.GetAsync("/" + new Uri(url).Query);
            using var part = await service.GetAsync(token);
            Assert.Single(await service.ReportAsync(posted));
        }

        Assert.Equal((2, 11, 10, 10, 0), Counted(service));
    }

    [Fact]
    public async Task Keys_are_counted_apart()
    {
        await using var service = await TwoMembers.StartAsync(new SandboxOptions { Time = time, Limits = SandboxLimits.Rps });
        await FloodAsync(service);
        Assert.Equal("OK", (string?)(await service.CallAsync("remote/ls", null, TwoMembers.OtherKey))["status"]);
    }

    [Fact]
    public async Task A_flood_may_be_429_with_Retry_After()
    {
        await using var service = await Service.StartAsync(new SandboxOptions
        {
            Time = time,
            Limits = SandboxLimits.Rps,
            Behaviours = new SandboxBehaviours { FloodIs429 = true, RetryAfter = true },
        });
        await FloodAsync(service);
        using var flood = await service.SendAsync("remote/ls");
        Assert.Equal(429, (int)flood.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), flood.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task One_folder_is_listed_once_in_thirty_seconds_by_both_calls_together()
    {
        await using var service = await StartAsync(SandboxLimits.Documented);
        var folder_id = service.Control.AddFolder("a");
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls", new { folder_id }))["status"]);
        Assert.StartsWith("Flood detected: User Locked #223", await service.RefusedAsync("folder/ls", new { folder_id }), StringComparison.Ordinal);
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/ls"))["status"]);
        time.Seconds(30);
        Assert.Equal("OK", (string?)(await service.CallAsync("folder/ls", new { folder_id }))["status"]);
    }

    [Fact]
    public async Task The_whole_account_is_listed_once_an_hour()
    {
        await using var service = await StartAsync(SandboxLimits.Documented);
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls", new { folder_id = -1 }))["status"]);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.StartsWith("Flood detected: User Locked", await service.RefusedAsync("file/ls", new { folder_id = -1 }), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls", new { folder_id = -1 }))["status"]);
    }

    [Fact]
    public async Task The_account_page_is_one_a_minute_per_address_and_one_in_five_per_member()
    {
        await using var service = await TwoMembers.StartAsync(new SandboxOptions { Time = time, Limits = SandboxLimits.Documented });
        Assert.Equal("OK", (string?)(await service.CallAsync("user/info"))["status"]);
        Assert.StartsWith("Flood detected: User Locked", await service.RefusedAsync("user/info", null, TwoMembers.OtherKey), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("OK", (string?)(await service.CallAsync("user/info", null, TwoMembers.OtherKey))["status"]);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("Flood detected: User Locked", await service.RefusedAsync("user/info"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("OK", (string?)(await service.CallAsync("user/info"))["status"]);
    }

    [Fact]
    public async Task A_violated_interval_may_lock_the_member_out()
    {
        await using var service = await StartAsync(SandboxLimits.Documented with { UserLockDuration = TimeSpan.FromMinutes(5) });
        await service.CallAsync("folder/ls");
        await service.RefusedAsync("folder/ls");
        Assert.StartsWith("Flood detected: User Locked", await service.RefusedAsync("remote/ls"), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(5));
        await FineAsync(service);
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("rps", 3)]
    [InlineData("documented", 3)]
    public void Presets_are_known_by_name(string name, int? rate) =>
        Assert.Equal(rate, SandboxLimits.Parse(name).RequestsPerSecond);

    [Fact]
    public async Task Impossible_options_are_refused_at_start()
    {
        Assert.Throws<FormatException>(() => SandboxLimits.Parse("some"));
        await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(new() { Limits = SandboxLimits.None with { ListingCap = 0 } }));
        await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(new() { Behaviours = new() { WaitPages = -1 } }));
        await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(new() { Accounts = [new() { Keys = ["short"] }] }));
        await Assert.ThrowsAsync<ArgumentException>(() => SandboxServer.StartAsync(new() { Accounts = [new(), new()] }));
    }

    private Task<Service> StartAsync(SandboxLimits limits) =>
        Service.StartAsync(new SandboxOptions { Time = time, Limits = limits });

    private static async Task FineAsync(Service service) =>
        Assert.Equal("OK", (string?)(await service.CallAsync("remote/ls"))["status"]);

    private static async Task FloodAsync(Service service)
    {
        for (var i = 0; i < 4; i++)
            await service.CallAsync("remote/ls");
    }

    private static (long, long, long, long, long) Counted(Service service)
    {
        var counters = service.Control.Counters;
        return (counters.Api, counters.Node, counters.Download, counters.Public, counters.Floods);
    }
}
