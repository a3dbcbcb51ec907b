using System.Net;
using System.Text.Json;
using OneFichier.Drive;
using OneFichier.Gateways.Restic;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Restic;

/// <summary>Lists: both versions, and that none is ever shorter than what is stored.</summary>
public sealed class ResticListTests
{
    [Theory]
    [InlineData("data")]
    [InlineData("keys")]
    [InlineData("locks")]
    [InlineData("snapshots")]
    [InlineData("index")]
    public async Task A_list_has_every_object_in_the_version_that_was_asked_for(string type)
    {
        await using var stage = await ResticStage.StartAsync();
        var stored = new Dictionary<string, int>();
        for (var n = 0; n < 40; n++)
            stored.Add(await stage.StoreAsync($"repo/{type}/", new string('x', n)), n);

        using var second = JsonDocument.Parse(await stage.ListAsync($"repo/{type}/"));
        Assert.Equal(stored.OrderBy(s => s.Key, StringComparer.Ordinal), second.RootElement.EnumerateArray().Select(o => KeyValuePair.Create(o.GetProperty("name").GetString()!, o.GetProperty("size").GetInt32())).OrderBy(s => s.Key, StringComparer.Ordinal));

        using var answer = await stage.SendAsync("GET", $"repo/{type}/");
        Assert.Equal("application/vnd.x.restic.rest.v1", answer.Content.Headers.ContentType!.ToString());
        var first = JsonSerializer.Deserialize<string[]>(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(stored.Keys.Order(StringComparer.Ordinal), first.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_no_object_is_not_listed()
    {
        await using var stage = await ResticStage.StartAsync();
        var name = await stage.StoreAsync("data/", "object");
        var other = name[..2] == "00" ? "01" : "00";
        await stage.Volume.PutAsync([Plain.New($"data/{name[..2]}/notes.txt", "x"), Plain.New($"data/{other}/{name}", "in the wrong folder"), Plain.New("data/readme", "x"), Plain.New($"data/{name[..2]}/deep/{name}", "x")]);
        Assert.Equal($"[{{\"name\":\"{name}\",\"size\":6}}]", await stage.ListAsync("data/"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_listing_that_fails_anywhere_is_a_failure_and_never_a_shorter_list(int nth)
    {
        var faulty = new FaultyVolume(new MemoryVolume());
        await using var stage = await ResticStage.StartAsync(volume: faulty);
        await stage.StoreAsync("data/", "one");
        await stage.StoreAsync("data/", "another");
        faulty.Add(new VolumeFault(VolumeCall.List, FaultMoment.Before, nth));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync("GET", "data/"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listing_that_is_old_or_cut_is_a_failure(bool isOld)
    {
        await using var stage = await ResticStage.StartAsync(volume: new DoubtfulVolume(new MemoryVolume(), isOld));
        await stage.StoreAsync("keys/", "one");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync("GET", "keys/"));
    }

    [Fact]
    public async Task A_locked_service_is_a_pause_for_restic_and_no_empty_repository()
    {
        await using var service = await Stage.StartAsync();
        using var tree = new MemoryListingStore();
        var volume = new RemoteVolume(new RemoteTree(service.Client, tree, new RemoteTreeOptions { MaxAge = TimeSpan.Zero, ProofAge = TimeSpan.Zero }));
        await using var stage = await ResticStage.StartAsync(volume: volume);
        await stage.StoreAsync("keys/", "one");
        service.Control.LockAccount(true);
        foreach (var (method, address) in new[] { ("GET", "keys/"), ("GET", "data/"), ("HEAD", "config"), ("DELETE", "keys/" + ResticStage.NameOf("one")) })
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync(method, address));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.PostAsync("config", "x"));
    }

    /// <summary>Lists everything, and says that it may not be all.</summary>
    private sealed class DoubtfulVolume(IVolume inner, bool isOld) : VolumeDecorator(inner)
    {
        public override async Task<FolderContents> ListAsync(VolumePath folder, CancellationToken cancellationToken = default)
        {
            var contents = await Inner.ListAsync(folder, cancellationToken);
            return isOld ? contents with { Failure = new IOException("not reached") } : contents with { Complete = false };
        }
    }
}
