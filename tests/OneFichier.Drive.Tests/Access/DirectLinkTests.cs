using OneFichier.Drive.Access;

namespace OneFichier.Drive.Tests.Access;

/// <summary>What lets bytes pass by this machine: direct links and remote uploads, through every coat.</summary>
public sealed class DirectLinkTests : IAsyncLifetime
{
    private Stage _stage = null!;
    private RemoteVolume _remote = null!;

    [Fact]
    public async Task One_link_serves_all_who_ask_while_it_can_be_started_with()
    {
        var file = (await _remote.FindAsync(At("mine/a.txt")))!;
        var first = await _remote.LinkAsync(file);
        Assert.Same(first, await new SubVolume(_remote, At("mine")).Feature<IDirectLinks>()!.LinkAsync(file with { Path = At("a.txt") }));
        _stage.Time.Advance(DirectLink.Lifetime);
        Assert.NotSame(first, await _remote.LinkAsync(file));
        Assert.Equal(2, _stage.Control.Requests.Count(r => r.Endpoint == "download/get_token"));
    }

    [Fact]
    public async Task What_the_service_does_not_hold_as_it_is_seen_has_none()
    {
        await _remote.PutAsync([new NewFile(At("empty"), 0, _ => ValueTask.FromResult(Stream.Null))]);
        var empty = (await _remote.FindAsync(At("empty")))!;
        Assert.False(_remote.CanLink(empty));
        Assert.False(_remote.CanLink((await _remote.FindAsync(At("mine")))!));
        await Assert.ThrowsAsync<ArgumentException>(() => _remote.LinkAsync(empty));
        Assert.Null(new MemoryVolume().Feature<IDirectLinks>());
    }

    [Fact]
    public async Task A_token_gets_links_of_what_it_can_see_and_of_nothing_else()
    {
        var secret = (await _remote.FindAsync(At("secret.txt")))!;
        var links = new ScopedVolume(_remote, new AccessScope { Path = At("mine") }).Feature<IDirectLinks>()!;
        await links.LinkAsync((await _remote.FindAsync(At("mine/a.txt")))! with { Path = At("a.txt") });
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => links.LinkAsync(secret));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => links.LinkAsync(secret with { Path = At("a.txt") }));
    }

    [Theory]
    [InlineData(AccessLevel.Read, false)]
    [InlineData(AccessLevel.Append, false)]
    [InlineData(AccessLevel.Write, true)]
    [InlineData(AccessLevel.Admin, true)]
    public void Only_who_may_write_has_anything_fetched_and_nobody_whose_bytes_are_counted(AccessLevel level, bool allowed)
    {
        var (free, counted) = (new ScopedVolume(_remote, new AccessScope { Level = level }), new ScopedVolume(_remote, new AccessScope { Level = level, Budget = 1 }));
        Assert.Equal(allowed, free.Feature<IRemoteFetch>() is not null);
        Assert.Null(counted.Feature<IRemoteFetch>());
        Assert.NotNull(free.Feature<IDirectLinks>());
        Assert.Null(counted.Feature<IDirectLinks>());
    }

    [Fact]
    public async Task Both_are_on_record()
    {
        var log = new RecordKeeper();
        var caller = new AccessCaller("id", "tv", "http", "127.0.0.1");
        var volume = new AuditedVolume(new ScopedVolume(_remote, new AccessScope { Level = AccessLevel.Write }), caller, log);
        await volume.Feature<IDirectLinks>()!.LinkAsync((await volume.FindAsync(At("mine/a.txt")))!);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await volume.Feature<IDirectLinks>()!.LinkAsync((await volume.FindAsync(At("mine/a.txt")))! with { Path = At("secret.txt") }));
        await volume.Feature<IRemoteFetch>()!.FetchAsync([new Uri("http://example.com/a.iso")], At("mine"));
        Assert.Equal(["link /mine/a.txt Done", "link /secret.txt Refused", "fetch /mine Done"], log.Lines);
    }

    public async ValueTask InitializeAsync()
    {
        _stage = await Stage.SetAsync();
        _stage.File("mine/a.txt");
        _stage.File("secret.txt", "hidden");
        _remote = new RemoteVolume(_stage.Tree);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private static VolumePath At(string path) => VolumePath.Parse(path);
}
