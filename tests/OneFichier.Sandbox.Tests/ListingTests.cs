using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class ListingTests
{
    [Theory]
    [InlineData("2021-06-22T12:57:25Z", DateZone.Paris, "2021-06-22 14:57:25")]
    [InlineData("2021-01-22T12:57:25Z", DateZone.Paris, "2021-01-22 13:57:25")]
    [InlineData("2026-03-29T00:59:59Z", DateZone.Paris, "2026-03-29 01:59:59")]
    [InlineData("2026-03-29T01:00:00Z", DateZone.Paris, "2026-03-29 03:00:00")]
    [InlineData("2026-10-25T00:59:59Z", DateZone.Paris, "2026-10-25 02:59:59")]
    [InlineData("2026-10-25T01:00:00Z", DateZone.Paris, "2026-10-25 02:00:00")]
    [InlineData("2021-06-22T12:57:25Z", DateZone.FixedUtcPlus1, "2021-06-22 13:57:25")]
    [InlineData("2021-06-22T12:57:25Z", DateZone.Utc, "2021-06-22 12:57:25")]
    public async Task Dates_are_written_in_the_zone_the_switch_names(string moment, DateZone zone, string written)
    {
        await using var service = await Service.StartAsync(new SandboxOptions
        {
            Time = new ManualTime(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)),
            Behaviours = new SandboxBehaviours { Dates = zone },
        });
        service.Control.AddFile("x.txt", [1]);
        Assert.Equal(written, (string?)(await ItemsAsync(service, new { })).Single()!["date"]);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 1)]
    public async Task Windows_take_their_own_seconds_in_or_leave_them_out(bool exclusive, int count)
    {
        var time = new ManualTime();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = time, Behaviours = new SandboxBehaviours { ExclusiveWindows = exclusive } });
        for (var i = 0; i < 5; i++)
        {
            service.Control.AddFile($"{i}", [1]);
            time.Seconds(1);
        }

        var items = await ItemsAsync(service, new { folder_id = 0, sent_after = "2026-03-01 13:00:01", sent_before = "2026-03-01 13:00:03" });
        Assert.Equal(count, items.Count);
    }

    [Fact]
    public async Task A_listing_stops_at_the_cap_with_the_newest_first()
    {
        var time = new ManualTime();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = time });
        service.Control.AddFile("old", [1]);
        time.Seconds(10);
        service.Control.Seed(new SandboxSeed { Folders = 0, Files = 5000, FileSize = 1 });
        var items = await ItemsAsync(service, new { });
        Assert.Equal(5000, items.Count);
        Assert.DoesNotContain("old", items.Select(i => (string?)i!["filename"]));
    }

    [Fact]
    public async Task The_whole_account_is_one_flat_listing()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("x", [1]);
        service.Control.AddFile("a/b/y", [1]);
        var items = await ItemsAsync(service, new { folder_id = -1 });
        Assert.Equal(["x", "y"], items.Select(i => (string?)i!["filename"]).Order(StringComparer.Ordinal));
        Assert.All(items, i => Assert.Null(i!["folder_id"]));
    }

    [Fact]
    public async Task Duplicate_names_are_all_there()
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("x", [1]);
        service.Control.AddFile("x", [2]);
        Assert.Equal(2, (await ItemsAsync(service, new { })).Count);
    }

    [Fact]
    public async Task Listings_lag_behind_an_upload_a_removal_and_a_move()
    {
        var time = new ManualTime();
        await using var service = await Service.StartAsync(new SandboxOptions { Time = time, Behaviours = new SandboxBehaviours { ListLag = TimeSpan.FromSeconds(3) } });
        var to = service.Control.AddFolder("to");
        var url = (string)(await service.UploadAsync("x.txt", [1]))[0]!["download"]!;
        Assert.Empty(await ItemsAsync(service, new { }));
        time.Seconds(3);
        Assert.Single(await ItemsAsync(service, new { }));

        await service.CallAsync("file/mv", new { urls = new[] { url }, destination_folder_id = to });
        Assert.Single(await ItemsAsync(service, new { }));
        Assert.Empty(await ItemsAsync(service, new { folder_id = to }));
        time.Seconds(3);
        Assert.Empty(await ItemsAsync(service, new { }));
        Assert.Single(await ItemsAsync(service, new { folder_id = to }));

        await service.CallAsync("file/rm", new { files = new[] { new { url } } });
        Assert.Single(await ItemsAsync(service, new { folder_id = to }));
        time.Seconds(3);
        Assert.Empty(await ItemsAsync(service, new { folder_id = to }));
    }

    [Theory]
    [InlineData(AclForm.AsSeen, false)]
    [InlineData(AclForm.Object, true)]
    public async Task The_acl_of_an_item_is_a_number_or_an_object(AclForm form, bool isObject)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { Acl = form });
        service.Control.AddFile("x", [1]);
        Assert.Equal(isObject, (await ItemsAsync(service, new { }))[0]!["acl"] is JsonObject);
    }

    private static async Task<JsonArray> ItemsAsync(Service service, object body) =>
        (await service.CallAsync("file/ls", body))["items"]!.AsArray();
}
