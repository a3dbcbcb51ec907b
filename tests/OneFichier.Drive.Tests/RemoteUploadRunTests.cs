using OneFichier.Sandbox;
using OneFichier.Testing;
using Play = OneFichier.Testing.Stage;

namespace OneFichier.Drive.Tests;

public sealed class RemoteUploadRunTests : IAsyncLifetime
{
    private readonly Origin _origin = new();
    private Play _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await Play.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task Addresses_are_fetched_into_a_folder_that_is_made_and_each_is_proven()
    {
        var (a, b) = (Source("a.txt", "first"), Source("b c.txt", "second") with { Checksum = HashOf("second") });

        var outcomes = await RunAsync([a, b, a], "in/here");

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal([ArrivalProof.Size, ArrivalProof.Checksum], outcomes.Select(o => o.Proof));
        Assert.Equal(["in/here/a.txt", "in/here/b c.txt"], Stored());
        Assert.Equal(HashOf("first"), outcomes[0].Entry!.Checksum);
        Assert.Single(_stage.Asked("remote/request"));
        Assert.All(outcomes, o => Assert.True(o.Request > int.MaxValue));
    }

    [Fact]
    public async Task More_than_a_hundred_go_in_several_requests_and_are_asked_after_seldom()
    {
        _stage.Control.Behaviours = _stage.Control.Behaviours with { RemoteDelay = TimeSpan.FromSeconds(2) };
        var sources = Enumerable.Range(0, 230).Select(n => Source($"f{n}", $"content {n}")).ToList();
        var told = new Told();

        var outcomes = await RunAsync(sources, "in", progress: told);

        Assert.Equal([100, 100, 30], told.OfType<RemoteUploadOrdered>().Select(o => o.Sources.Count));
        Assert.Equal(230, told.OfType<RemoteSourceSettled>().Count());
        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(230, Stored().Length);
        Assert.InRange(_stage.Asked("remote/info").Count + _stage.Asked("remote/ls").Count, 3, 60);
        Assert.InRange(_stage.Asked("folder/ls").Count, 1, 12);
        Assert.Equal(0, _stage.Control.Counters.Floods);
    }

    [Fact]
    public async Task What_fails_is_asked_for_again_and_what_always_fails_is_told_without_its_secret()
    {
        _stage.Control.Behaviours = _stage.Control.Behaviours with { RemoteFailName = "bad", RemoteFailTimes = 2 };
        var outcomes = await RunAsync([Source("bad.txt", "came at last"), Source("good.txt", "came"), new RemoteSource(new Uri(_origin.Add("x", "x") + "nothing?sig=SECRET"))], "in");

        Assert.Null(outcomes[0].Error);
        Assert.Null(outcomes[1].Error);
        Assert.IsType<FichierRejectedException>(outcomes[2].Error);
        Assert.DoesNotContain("SECRET", outcomes[2].Error!.ToString() + outcomes[2].Source, StringComparison.Ordinal);
        Assert.Equal(3, _stage.Asked("remote/request").Count);
        Assert.Equal(["in/bad.txt", "in/good.txt"], Stored());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_service_cannot_fetch_is_carried_whether_its_length_is_told_or_not(bool tellsLength)
    {
        _origin.TellsLength = tellsLength;
        _stage.Control.Behaviours = _stage.Control.Behaviours with { RemoteFailName = "bad" };
        var content = new string('x', 300_000);

        var outcomes = await RunAsync([Source("bad.bin", content), Source("good.bin", "came")], "in", o => o with { Carry = true, Retries = 0 });

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal([true, false], outcomes.Select(o => o.Carried));
        Assert.Equal(ArrivalProof.Checksum, outcomes[0].Proof);
        Assert.Equal(["in/bad.bin", "in/good.bin"], Stored());
        Assert.Equal(HashOf(content).ToString(), _stage.Control.Tree().Files.Single(f => f.Name == "bad.bin").Checksum, ignoreCase: true);
    }

    [Fact]
    public async Task Another_content_than_the_known_one_is_a_mismatch_and_is_not_carried_either()
    {
        var wrong = Source("a.txt", "something") with { Checksum = HashOf("something else") };
        var outcomes = await RunAsync([wrong], "in", o => o with { Carry = true, Retries = 1 });
        Assert.IsType<FichierIntegrityException>(outcomes[0].Error);
        Assert.Empty(Stored());

        _origin.Claims = 5000;
        Assert.IsType<FichierIntegrityException>((await RunAsync([Source("b.txt", "short")], "in", o => o with { Retries = 0 }))[0].Error);
    }

    [Fact]
    public async Task A_link_that_is_signed_for_GET_alone_tells_its_size_too()
    {
        _origin.RefusesHead = true;
        Assert.Equal(ArrivalProof.Size, (await RunAsync([Source("a.txt", "content")], "in"))[0].Proof);
    }

    [Fact]
    public async Task A_service_that_names_no_links_is_understood_by_names()
    {
        _stage.Control.Behaviours = _stage.Control.Behaviours with { RemoteLinks = false, ListLag = TimeSpan.FromSeconds(20) };
        var outcomes = await RunAsync([Source("a.txt", "first"), Source("b.txt", "second")], "in");
        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(["a.txt", "b.txt"], outcomes.Select(o => o.Entry!.Name));
    }

    [Fact]
    public async Task A_request_whose_answer_is_lost_is_not_made_twice()
    {
        _stage.Control.FailNext(FaultKind.CutAfter, "remote/request");
        var outcomes = await RunAsync([Source("a.txt", "first")], "in");
        Assert.Null(outcomes[0].Error);
        Assert.Equal(["in/a.txt"], Stored());
    }

    [Fact]
    public async Task A_service_that_has_no_news_is_waited_for_no_longer_than_wanted_and_may_be_looked_at_later()
    {
        _stage.Control.Behaviours = _stage.Control.Behaviours with { RemoteDelay = TimeSpan.FromHours(9) };
        var outcome = (await RunAsync([Source("a.txt", "first")], "in", o => o with { Patience = TimeSpan.FromMinutes(3), Carry = true }))[0];
        var error = Assert.IsType<FichierUnavailableException>(outcome.Error);
        Assert.Contains($"{outcome.Request}", error.Remedy, StringComparison.Ordinal);
        Assert.False(outcome.Carried);
        Assert.Single(_stage.Asked("remote/request"));
    }

    [Fact]
    public async Task Headers_go_to_the_source_from_the_service_and_from_here_and_bad_ones_are_refused_before_anything_is_sent()
    {
        await RunAsync([Source("a.txt", "first")], "in", o => o with { Headers = new Dictionary<string, string> { ["Cookie"] = "session=1" } });
        Assert.True(_origin.Requests.Count >= 2);
        Assert.All(_origin.Requests, r => Assert.Equal("session=1", r.Header("Cookie")));

        _stage.Control.ResetLog();
        await Assert.ThrowsAsync<ArgumentException>(() => RunAsync([Source("b.txt", "x")], "in", o => o with { Headers = new Dictionary<string, string> { ["Cookie"] = "a=1; b=2" } }));
        Assert.Equal(0, _stage.Control.Counters.Api);
    }

    [Fact]
    public async Task A_name_that_is_wanted_is_given()
    {
        var outcome = (await RunAsync([Source("a.txt", "first") with { Name = "other.txt" }], "in"))[0];
        Assert.Equal("other.txt", outcome.Entry!.Name);
        Assert.Equal(["in/other.txt"], Stored());
    }

    private Task<IReadOnlyList<RemoteSourceOutcome>> RunAsync(
        IReadOnlyList<RemoteSource> sources, string folder, Func<RemoteUploadRunOptions, RemoteUploadRunOptions>? change = null, IProgress<RemoteUploadEvent>? progress = null)
    {
        var options = new RemoteUploadRunOptions { ProbeTime = TimeSpan.FromHours(2) };
        var volume = new RemoteVolume(new RemoteTree(_stage.Client, new MemoryListingStore()));
        return new RemoteUploadRun(volume, change?.Invoke(options) ?? options).RunAsync(sources, VolumePath.Parse(folder), progress);
    }

    private RemoteSource Source(string name, string content) => new(new Uri(_origin.Add(Uri.EscapeDataString(name), content)));

    private string[] Stored() => [.. _stage.Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal)];

    private static WhirlpoolHash HashOf(string content) => Hashing.Whirlpool.HashData(System.Text.Encoding.UTF8.GetBytes(content));

    private sealed class Told : List<RemoteUploadEvent>, IProgress<RemoteUploadEvent>
    {
        public void Report(RemoteUploadEvent value) => Add(value);
    }
}
