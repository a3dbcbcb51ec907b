using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Downloads;

/// <summary>Whole files down: resumed, verified, in few requests.</summary>
public sealed class DownloadTests
{
    private const int Large = 24 << 20;

    private static readonly DownloadOptions Segmented = new() { SegmentedFrom = 1 << 20, Segments = 3 };

    [Fact]
    public async Task One_link_serves_all_connections_and_the_file_is_proven()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var source = Add(stage, Large);
        var events = new EventList();
        var outcome = await stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented, events);
        Assert.True(outcome.Proven);
        Assert.Equal((Large, 0L, source.Checksum!.Value), ((int)outcome.Size, outcome.Resumed, outcome.Checksum));
        await AssertSameAsync(stage, "a");
        Assert.Single(stage.Asked("download/get_token"));
        Assert.Equal(6, stage.Asked("download").Count);
        Assert.Equal(Large, events.All.OfType<TransferAdvanced>().Max(e => e.Done));
        Assert.Null(Assert.Single(events.All.OfType<TransferEnded>()).Error);
        Assert.Equal(["a"], Directory.EnumerateFiles(stage.Folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_small_file_takes_one_connection()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        await stage.Client.Transfers.DownloadAsync(Add(stage, 100_000), stage.Folder["a"]);
        Assert.Equal((1, 1), (stage.Asked("download/get_token").Count, stage.Asked("download").Count));
        await AssertSameAsync(stage, "a");
    }

    [Fact]
    public async Task A_throttle_is_told_every_byte_and_may_take_longer_than_a_transfer_may_stand_still()
    {
        await using var stage = await Stage.StartAsync(factor: 3000);
        using var client = stage.Another(o => o with { StallTimeout = TimeSpan.FromMinutes(30) });
        var (told, heldOnce) = (0L, false);
        await client.Transfers.DownloadAsync(Add(stage, 100_000), stage.Folder["a"], new DownloadOptions { Throttle = PassAsync });
        Assert.Equal((100_000, true), (told, heldOnce));
        await AssertSameAsync(stage, "a");

        async ValueTask PassAsync(int bytes, CancellationToken stop)
        {
            told += bytes;
            await Task.Delay(heldOnce ? TimeSpan.Zero : TimeSpan.FromHours(1), stage.Time, stop);
            heldOnce = true;
        }
    }

    [Fact]
    public async Task A_file_known_by_its_link_alone_costs_one_request_more()
    {
        await using var stage = await Stage.StartAsync();
        var source = Add(stage, 1000);
        Assert.True((await stage.Client.Transfers.DownloadAsync(source.Link, stage.Folder["a"])).Proven);
        Assert.Single(stage.Asked("file/info"));
    }

    [Fact]
    public async Task A_link_is_renewed_after_its_five_minutes_and_not_before()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var source = Add(stage, Large);
        var skipped = false;
        await stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented with { Segments = 1 }, new Watcher(done =>
        {
            if (done > Large / 2 && !skipped)
            {
                skipped = true;
                stage.Time.Skip(DirectLink.Lifetime);
            }
        }));
        Assert.Equal(2, stage.Asked("download/get_token").Count);
        await AssertSameAsync(stage, "a");
    }

    [Fact]
    public async Task A_link_that_had_to_wait_for_the_budget_is_as_fresh_as_any()
    {
        var time = new FastTime(2000);
        var asked = new List<DateTimeOffset>();
        var flooded = new ScriptedHandler(_ =>
        {
            asked.Add(time.GetUtcNow());
            return asked.Count == 1
                ? ScriptedHandler.Json("""{"status":"KO","message":"Flood detected: User APK Locked #1"}""", 403)
                : ScriptedHandler.Json("""{"status":"OK","url":"https://a-1.1fichier.com/p1"}""");
        });
        using var client = flooded.Client(o => o with { Time = time });
        var link = await client.Downloads.GetLinkAsync(DownloadHost.Link);
        Assert.Equal(2, asked.Count);
        Assert.True(link.Obtained >= asked[1], $"It counts from {link.Obtained:O} and was asked for at {asked[1]:O}.");
    }

    [Fact]
    public async Task An_abandoned_download_fetches_nothing_again_that_was_there()
    {
        var seed = Environment.GetEnvironmentVariable("FICHIER_TEST_SEED") is { } given ? int.Parse(given) : Guid.NewGuid().GetHashCode();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var stage = await Stage.StartAsync(factor: 1);
        var source = Add(stage, Large);
        long there = 0;
        for (var run = 0; run < 6; run++)
        {
            using var cancel = new CancellationTokenSource();
            var until = there + random.NextInt64(1, (Large - there) / 2);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Client.Transfers.DownloadAsync(
                source, stage.Folder["a"], Segmented, new Watcher(done => Abandon(done, until, cancel)), cancel.Token));
            Assert.False(File.Exists(stage.Folder["a"]));
            there = until;
        }

        using var asking = new Asking();
        using var http = new HttpClient(asking) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = stage.Another(http: http);
        var outcome = await client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented);
        Assert.InRange(outcome.Resumed, there, Large);
        Assert.Equal(Large - outcome.Resumed, asking.Bytes);
        await AssertSameAsync(stage, "a");

        static void Abandon(long done, long until, CancellationTokenSource cancel)
        {
            if (done >= until)
                cancel.Cancel();
        }
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_it_had_written()
    {
        const long size = 48 << 20;
        await using var stage = await Stage.StartAsync(factor: 1);
        var source = Add(stage, size);
        using var child = ChildProgram.Start("DownloadChild", [.. Arguments(stage, source, stage.Folder["a"]), $"{size / 2}"]);
        long done = 0;
        while (done < size / 6 && await child.StandardOutput.ReadLineAsync() is { } line)
            done = long.Parse(line);
        child.Kill();
        await child.WaitForExitAsync();
        Assert.InRange(done, size / 6, size);
        Assert.False(File.Exists(stage.Folder["a"]));

        using var asking = new Asking();
        using var http = new HttpClient(asking) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = stage.Another(http: http);
        var outcome = await client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented);
        Assert.InRange(outcome.Resumed, done, size);
        Assert.Equal(size - outcome.Resumed, asking.Bytes);
        Assert.True(outcome.Proven);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_part_kept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A small file system can be mounted by root on Linux only.");
        await using var stage = await Stage.StartAsync();
        var source = Add(stage, 8 << 20);
        var small = stage.Folder["small"];
        Directory.CreateDirectory(small);
        using var child = ChildProgram.Start(
            "DownloadChild", Arguments(stage, source, Path.Combine(small, "a")), under: $"exec unshare -m sh -c 'mount -t tmpfs -o size=3m tmpfs {small} && exec \"$@\"' sh \"$@\"");
        var output = await child.StandardOutput.ReadToEndAsync();
        var error = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.SkipWhen(error.Contains("unshare") || error.Contains("mount:"), "No file system can be mounted here: " + error);
        Assert.Equal(1, child.ExitCode);
        Assert.Contains("No space left on device", output);
        Assert.Contains("part kept: True | target there: False", output);
    }

    [Fact]
    public async Task Two_downloads_to_one_place_do_not_meet()
    {
        await using var stage = await Stage.StartAsync();
        var source = Add(stage, Large);
        var second = Task.FromResult<Exception?>(null);
        var tried = 0;
        await stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented, new Watcher(_ =>
        {
            if (Interlocked.Exchange(ref tried, 1) == 0)
                second = Record.ExceptionAsync(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"])).AsTask();
        }));
        Assert.Contains("is being downloaded already", Assert.IsType<IOException>(await second).Message);
        await AssertSameAsync(stage, "a");
    }

    [Fact]
    public async Task A_target_that_is_there_is_replaced_only_when_allowed_and_only_by_the_whole()
    {
        await using var stage = await Stage.StartAsync();
        var source = Add(stage, Large);
        stage.Folder.Write("a", "old"u8);
        await Assert.ThrowsAsync<IOException>(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented with { Overwrite = false }));
        await stage.Client.Transfers.DownloadAsync(source, stage.Folder["a"], Segmented, new Watcher(_ => Assert.Equal(3, new FileInfo(stage.Folder["a"]).Length)));
        await AssertSameAsync(stage, "a");
        await Assert.ThrowsAsync<IOException>(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder.Path));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => stage.Client.Transfers.DownloadAsync(source, stage.Folder["none/a"]));
    }

    [Fact]
    public async Task All_downloads_together_stay_under_thirty_connections()
    {
        await using var stage = await Stage.StartAsync();
        var counter = new Counting { HeldUntil = 4 };
        using var http = new HttpClient(counter) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = stage.Another(http: http);
        var sources = Enumerable.Range(0, 10).Select(i => Add(stage, 5 << 20, $"f{i}")).ToList();
        await Task.WhenAll(sources.Select((s, i) => client.Transfers.DownloadAsync(s, stage.Folder[$"f{i}"], Segmented with { Segments = 8 })));
        Assert.InRange(counter.Most, 4, TransferClient.ConnectionCeiling);
    }

    [Fact]
    public async Task Refused_connections_are_stepped_back_from()
    {
        await using var stage = await Stage.StartAsync(o => o with { Limits = SandboxLimits.None with { Connections = 1 } }, factor: 10);
        await stage.Client.Transfers.DownloadAsync(Add(stage, Large), stage.Folder["a"], Segmented with { Segments = 6 });
        await AssertSameAsync(stage, "a");
        Assert.Single(stage.Asked("download/get_token"));
    }

    internal static DownloadSource Add(Stage stage, long size, string name = "source")
    {
        var url = stage.Control.AddGeneratedFile(name, size, seed: 7);
        return new DownloadSource(FileLink.Parse(url), size, WhirlpoolHash.Parse(stage.Control.Tree().Files.Single(f => f.Url == url).Checksum));
    }

    private static string[] Arguments(Stage stage, DownloadSource source, string target) =>
        [stage.Server.ApiBase.AbsoluteUri, SandboxOptions.DefaultKey, source.Link.Url, source.Size.ToString(), source.Checksum.ToString()!, target];

    private static async Task AssertSameAsync(Stage stage, string name)
    {
        await using var stored = stage.Control.Open(stage.Control.Tree().Files.Single(f => f.Name == "source").Url);
        using var whole = new MemoryStream();
        await stored.CopyToAsync(whole);
        var fetched = await File.ReadAllBytesAsync(stage.Folder[name]);
        Assert.True(whole.ToArray().AsSpan().SequenceEqual(fetched), "The bytes differ.");
    }

    private sealed class Watcher(Action<long> advanced) : IProgress<TransferEvent>
    {
        public void Report(TransferEvent value)
        {
            if (value is TransferAdvanced { Done: var done })
                advanced(done);
        }
    }

    /// <summary>Adds up the bytes of all ranges that are asked for.</summary>
    private sealed class Asking() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        private long _bytes;

        public long Bytes => Interlocked.Read(ref _bytes);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Range is { } range)
                Interlocked.Add(ref _bytes, range.Ranges.Sum(r => r.To!.Value - r.From!.Value + 1));
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Counts requests whose body is still being read. The first wait for each other, until there are as many as are wanted.</summary>
    private sealed class Counting : DelegatingHandler
    {
        private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _now;
        private int _most;

        public Counting() : base(new SocketsHttpHandler { AllowAutoRedirect = false }) { }

        public int Most => _most;

        public required int HeldUntil { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
                return await base.SendAsync(request, cancellationToken);
            var now = Interlocked.Increment(ref _now);
            InterlockedMax(ref _most, now);
            if (now == HeldUntil)
                _together.TrySetResult();
            await _together.Task.WaitAsync(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            var inner = response.Content;
            response.Content = new Ended(await inner.ReadAsStreamAsync(cancellationToken), () => Interlocked.Decrement(ref _now));
            foreach (var header in inner.Headers)
                response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            return response;
        }

        private static void InterlockedMax(ref int most, int value)
        {
            for (int seen; (seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen;)
            {
            }
        }

        private sealed class Ended(Stream stream, Action end) : StreamContent(stream)
        {
            private Action? _end = end;

            protected override void Dispose(bool disposing)
            {
                Interlocked.Exchange(ref _end, null)?.Invoke();
                base.Dispose(disposing);
            }
        }
    }
}
