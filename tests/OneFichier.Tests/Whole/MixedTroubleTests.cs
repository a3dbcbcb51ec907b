using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Whole;

/// <summary>
/// A hundred transfers through everything that can go wrong at once. Each ends done and proven, or with an exception of the library; none is stored twice, none is
/// half. The seed is printed; set <c>FICHIER_TEST_SEED</c> to play a run again.
/// </summary>
public sealed class MixedTroubleTests
{
    private const int Files = 50;

    private const string Plan =
        "api:cut=0.02,api:cutafter=0.02,api:html=0.02,api:error=0.02,api:busy=0.03,api:half=0.02,flood=0.02," +
        "upload.cgi:cut=0.05,upload.cgi:cutafter=0.08,upload.cgi:error=0.05,upload.cgi:busy=0.05,upload.cgi:refuse=0.05,upload.cgi:lag=0.1," +
        "end.pl:wait=0.2,end.pl:nolinks=0.1,end.pl:twice=0.1,end.pl:cut=0.05,end.pl:error=0.05,end.pl:half=0.05," +
        "download:cut=0.05,download:cutafter=0.05,download:half=0.08,download:corrupt=0.05,download:long=0.05,download:short=0.05,download:busy=0.05,download:slow=0.03";

    private static int AnySeed => Environment.GetEnvironmentVariable("FICHIER_TEST_SEED") is { } given ? int.Parse(given) : Guid.NewGuid().GetHashCode() & 0xFFFFF;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(null)]
    public async Task A_hundred_transfers_end_proven_or_with_the_right_exception_and_none_twice_or_half(int? fixedSeed)
    {
        var seed = fixedSeed ?? AnySeed;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var stage = await Stage.StartAsync(
            o => o with { Faults = FaultPlan.Parse($"seed={seed},{Plan}"), Limits = SandboxLimits.Documented, Behaviours = Behaviours(random) },
            factor: 1000);
        var contents = Enumerable.Range(0, Files).Select(i => Pattern.Bytes(random.Next(1, 20_000), (seed * 1000) + i)).ToList();
        var up = await stage.Client.Transfers.UploadAsync(
            [.. contents.Select((c, i) => Pattern.File($"it's f{i}", c))], new UploadSettings(), new UploadBatchOptions { FilesPerSession = 7, Sessions = 4 });
        AssertUploads(stage, up, contents);

        var fetched = await Task.WhenAll(up.Where(o => o.Proven).Select(o => FetchAsync(stage, o)));
        Assert.All(fetched, f => Assert.True(f.Error is null or FichierException, f.Error?.ToString()));
        foreach (var (outcome, error) in fetched)
        {
            var path = stage.Folder[outcome.File.Name];
            Assert.Equal(error is null, File.Exists(path));
            if (error is null)
                Assert.Equal(contents[int.Parse(outcome.File.Name.Split('f')[^1])], await File.ReadAllBytesAsync(path));
        }

        var good = up.Count(o => o.Proven) + fetched.Count(f => f.Error is null);
        TestContext.Current.TestOutputHelper!.WriteLine($"{good} of {up.Count + fetched.Length} transfers done, in {stage.Control.Requests.Count} requests; behaviours {stage.Control.Behaviours}");
        Assert.InRange(good, Files, 2 * Files);
    }

    private static void AssertUploads(Stage stage, IReadOnlyList<UploadOutcome> outcomes, List<byte[]> contents)
    {
        Assert.Equal(contents.Count, outcomes.Count);
        Assert.All(outcomes, o => Assert.True(o is { Proven: true, Stored: not null, Error: null } or { Proven: false, Error: FichierException }, $"{o} {o.Error}"));
        var stored = stage.Control.Tree().Files;
        Assert.Equal(stored.Count, stored.DistinctBy(f => f.Checksum).Count());
        Assert.Equal(0, stage.Control.Counters.SentTwice);
        foreach (var outcome in outcomes.Where(o => o.Proven))
            Assert.Equal(outcome.Checksum.ToString(), stored.Single(f => f.Url == outcome.Stored!.Link.Url).Checksum);
        foreach (var outcome in outcomes.Where(o => o.Error is FichierUnavailableException { MayHaveHappened: false }))
            Assert.DoesNotContain(stored, f => f.Checksum == outcome.Checksum.ToString());
    }

    private static async Task<(UploadOutcome Outcome, Exception? Error)> FetchAsync(Stage stage, UploadOutcome outcome)
    {
        var source = new DownloadSource(outcome.Stored!.Link, outcome.Stored.Size, outcome.Checksum);
        return (outcome, await Record.ExceptionAsync(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder[outcome.File.Name])));
    }

    private static SandboxBehaviours Behaviours(Random random) => new()
    {
        Seed = random.Next(),
        CapitalisedEnvelope = random.Next(2) == 0,
        EmptyArrays = (EmptyArrayForm)random.Next(3),
        Acl = (AclForm)random.Next(3),
        Refusals = (RefusalCarrier)random.Next(3),
        DriftingNumbers = random.Next(2) == 0,
        FloodIs429 = random.Next(2) == 0,
        RetryAfter = random.Next(2) == 0,
        ListLag = TimeSpan.FromSeconds(random.Next(8)),
        OtherXid = random.Next(2) == 0,
        StoreAtReport = random.Next(4) == 0,
        WaitPages = random.Next(3),
        EmptyReports = random.Next(3),
        DoubledLinks = random.Next(2) == 0,
        StaleTokenStatus = new[] { 200, 403, 404, 410 }[random.Next(4)],
        DownloadValidators = random.Next(2) == 0,
    };
}
