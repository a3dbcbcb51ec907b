using OneFichier.Governor;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Uploads;

/// <summary>Uploads that break: what is sent again, what is not, and that nothing is there twice.</summary>
public sealed class BrokenUploadTests
{
    [Fact]
    public async Task A_form_the_node_does_not_understand_is_never_sent_again()
    {
        await using var server = new RawServer(_ => RawReply.Html("<div class=\"bloc2\"></div><div class=\"bloc2\">Pas de fichier trouv&eacute; dans l'envoi</div>"));
        using var client = server.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.Equal("Pas de fichier trouvé dans l'envoi", Assert.IsType<FichierRejectedException>(outcome.Error).ServiceText);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_node_with_storage_trouble_is_left_for_another_once(int troubles, bool ends)
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.FailNext(FaultKind.Refuse, "upload.cgi", troubles);
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.Equal(ends, outcome.Proven);
        Assert.Equal(2, stage.Asked("upload/get_upload_server").Count);
        Assert.Equal(2, stage.Asked("upload.cgi").Count);
        Assert.Equal(ends ? 1 : 0, stage.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task Any_other_refusal_is_told_in_the_services_words()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.ForbidUploads(true);
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.Equal("Espace de stockage insuffisant", Assert.IsType<FichierRejectedException>(outcome.Error).ServiceText);
        Assert.Single(stage.Asked("upload.cgi"));
    }

    [Fact]
    public async Task A_file_the_node_refuses_keeps_no_other_from_being_stored()
    {
        await using var stage = await Stage.StartAsync(new SandboxBehaviours { NamesCountBytes = true });
        List<int> refused = [3, 77, 78];
        var files = Enumerable.Range(0, 100).Select(i => Pattern.File(refused.Contains(i) ? new string('é', 126) + i : $"f{i}", 50, i)).ToList();
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings());
        Assert.Equal(refused, outcomes.Index().Where(o => !o.Item.Proven).Select(o => o.Index));
        Assert.All(refused, i => Assert.Equal("Nom de fichier invalide", Assert.IsType<FichierRejectedException>(outcomes[i].Error).ServiceText));
        Assert.Equal(97, stage.Control.Tree().Files.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(97, stage.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task A_refusal_that_concerns_all_files_is_not_asked_for_file_by_file()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.ForbidUploads(true);
        var outcomes = await stage.Client.Transfers.UploadAsync([.. Enumerable.Range(0, 300).Select(i => Pattern.File($"f{i}", 50, i))], new UploadSettings());
        Assert.All(outcomes, o => Assert.Equal("Espace de stockage insuffisant", Assert.IsType<FichierRejectedException>(o.Error).ServiceText));
        Assert.InRange(stage.Asked("upload.cgi").Count, 1, 15);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_told_without_asking_and_the_others_go()
    {
        await using var stage = await Stage.StartAsync();
        var files = new[] { Pattern.File("a", 10), Pattern.File(new string('n', 251), 10), Pattern.File(new string('é', 250), 10) };
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings());
        Assert.Equal([true, false, true], outcomes.Select(o => o.Proven));
        Assert.Contains("251 characters", outcomes[1].Error!.Message, StringComparison.Ordinal);
        Assert.Single(stage.Asked("upload.cgi"));
        await Assert.ThrowsAsync<FichierRejectedException>(() => stage.Client.Folders.CreateAsync(new string('n', 251)));
        Assert.Empty(stage.Asked("folder/mkdir"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(500_000)]
    public async Task A_connection_cut_during_the_body_is_tried_again_through_a_new_node(long after)
    {
        const int moreThanSocketsHold = 32_000_000;
        await using var server = new RawServer(r => r.Path == "/upload.cgi"
            ? RawReply.Accepted("abcdefghij")
            : RawReply.Json($$"""{"links":[{"download":"https://1fichier.com/?aaaaaaaaaa","filename":"a","size":"{{moreThanSocketsHold}}","whirlpool":"{{Checksum(moreThanSocketsHold)}}"}]}"""))
        {
            CutUploadAfter = n => n == 1 ? after : null,
        };
        using var client = server.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", moreThanSocketsHold)], new UploadSettings()));
        Assert.True(outcome.Proven, outcome.Error?.ToString());
        Assert.Equal(["id=node000001", "id=node000002"], server.Requests.Where(r => r.Path == "/upload.cgi").Select(r => r.Query));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lost_answer_is_made_good_by_the_report_or_the_listing(bool otherXid)
    {
        await using var stage = await Stage.StartAsync(new SandboxBehaviours { OtherXid = otherXid });
        stage.Control.FailNext(FaultKind.CutAfter, "upload.cgi");
        var events = new EventList();
        var files = Enumerable.Range(0, 3).Select(i => Pattern.File($"f{i}", 500, i)).ToList();
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings(), progress: events);
        Assert.All(outcomes, o => Assert.True(o.Proven, o.Error?.ToString()));
        Assert.Equal(3, stage.Control.Tree().Files.Count);
        Assert.Single(stage.Asked("upload.cgi"));
        Assert.Contains(events.Notices, n => n.Contains("was lost"));
    }

    [Fact]
    public async Task A_lost_answer_to_a_session_that_was_not_stored_sends_it_again()
    {
        await using var server = new RawServer(r => (r.Path, r.Query) switch
        {
            ("/upload.cgi", "id=node000001") => RawReply.Cut,
            ("/upload.cgi", _) => RawReply.Accepted("abcdefghij"),
            ("/end.pl", "xid=abcdefghij") => RawReply.Json($$"""{"links":[{"download":"https://1fichier.com/?aaaaaaaaaa","filename":"a","size":"100","whirlpool":"{{Checksum(100)}}"}]}"""),
            ("/end.pl", _) => RawReply.Html("Aucun envoi", "404 Not Found"),
            _ => RawReply.Json("""{"status":"OK","items":[]}"""),
        });
        using var client = server.Client();
        var outcome = Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings()));
        Assert.True(outcome.Proven, outcome.Error?.ToString());
        Assert.Equal(2, server.Requests.Count(r => r.Path == "/upload.cgi"));
        Assert.Contains(server.Requests, r => r.Path == "/v1/file/ls.cgi");
    }

    [Theory]
    [InlineData("500 Internal Server Error", 1)]
    [InlineData("502 Bad Gateway", 1)]
    [InlineData("503 Service Unavailable", 1)]
    public async Task A_failing_node_is_left_for_another(string status, int failures)
    {
        await using var server = new RawServer(r => r.Path switch
        {
            "/upload.cgi" when r.Query.EndsWith(failures.ToString("D6")) => RawReply.Html("<h1>nginx</h1>", status),
            "/upload.cgi" => RawReply.Accepted("abcdefghij"),
            "/end.pl" when r.Query == "xid=abcdefghij" => RawReply.Json($$"""{"links":[{"download":"https://1fichier.com/?aaaaaaaaaa","filename":"a","size":"100","whirlpool":"{{Checksum(100)}}"}]}"""),
            "/end.pl" => RawReply.Html("", "404 Not Found"),
            _ => RawReply.Json("""{"status":"OK","items":[]}"""),
        });
        using var client = server.Client();
        Assert.True(Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings())).Proven);
    }

    [Fact]
    public async Task Of_files_that_cannot_be_read_only_they_fail_even_if_others_have_their_name()
    {
        await using var stage = await Stage.StartAsync();
        UploadFile[] files =
        [
            Pattern.File("same", 400, 1),
            new UploadFile("same", 400, _ => throw new UnauthorizedAccessException("no")),
            new UploadFile("shrinks", 400, _ => new(new MemoryStream(Pattern.Bytes(100)))),
            new UploadFile("strange", 400, _ => throw new InvalidOperationException("strange")),
            UploadFile.FromDisk(stage.Folder.Write("gone", Pattern.Bytes(400))),
            Pattern.File("last", 400, 2),
        ];
        File.Delete(stage.Folder["gone"]);
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings());
        Assert.Equal([true, false, false, false, false, true], outcomes.Select(o => o.Proven));
        Assert.All(outcomes.Where(o => !o.Proven), o => Assert.IsType<FichierSourceException>(o.Error));
        Assert.Equal(["last", "same"], stage.Control.Tree().Files.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(0, stage.Control.Counters.SentTwice);
    }

    [Fact]
    public async Task Empty_files_and_too_large_ones_fail_alone()
    {
        await using var stage = await Stage.StartAsync();
        var outcomes = await stage.Client.Transfers.UploadAsync(
            [Pattern.File("empty", 0), Pattern.File("good", 10), Pattern.File("huge", 1) with { Length = UploadLimits.FileBytes + 1 }], new UploadSettings());
        Assert.Equal([false, true, false], outcomes.Select(o => o.Proven));
    }

    [Fact]
    public async Task A_file_that_grew_is_sent_as_long_as_it_was_announced()
    {
        await using var stage = await Stage.StartAsync();
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([new UploadFile("a", 100, _ => new(new MemoryStream(Pattern.Bytes(500))))], new UploadSettings()));
        Assert.True(outcome.Proven);
        Assert.Equal(100, stage.Control.Tree().Files.Single().Size);
    }

    [Fact]
    public async Task A_bad_key_is_tried_once_for_a_hundred_sessions()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.DisableKey(SandboxOptions.DefaultKey);
        var files = Enumerable.Range(0, 100).Select(i => Pattern.File($"f{i}", 10, i)).ToList();
        var outcomes = await stage.Client.Transfers.UploadAsync(files, new UploadSettings(), new UploadBatchOptions { FilesPerSession = 1, Sessions = 1 });
        Assert.All(outcomes, o => Assert.IsType<FichierKeyException>(o.Error));
        Assert.Single(stage.Control.Requests);
    }

    [Fact]
    public async Task A_source_that_stands_still_ends_the_session_after_the_stall_time()
    {
        await using var stage = await Stage.StartAsync(client: o => o with { StallTimeout = TimeSpan.FromMinutes(1) });
        var still = new UploadFile("still", 400, async token =>
        {
            await Task.Delay(TimeSpan.FromDays(1), stage.Time, token);
            return Stream.Null;
        });
        var outcome = Assert.Single(await stage.Client.Transfers.UploadAsync([still], new UploadSettings()));
        Assert.Contains("stood still", Assert.IsType<FichierUnavailableException>(outcome.Error).Message);
        Assert.Empty(stage.Control.Tree().Files);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(60, 3)]
    public async Task A_node_that_has_everything_may_take_minutes_to_answer_but_not_for_ever(int minutes, int sent)
    {
        var time = new ManualTime();
        using var late = new LateHandler(TimeSpan.FromMinutes(minutes), time);
        var handler = new ScriptedHandler(r => r.Endpoint switch
        {
            "upload/get_upload_server" => late.Sending(),
            "/upload" => Accepted(),
            "/end.pl" when minutes == 5 => ScriptedHandler.Json($$"""{"links":[{"download":"https://1fichier.com/?aaaaaaaaaa","filename":"a","size":"100","whirlpool":"{{Checksum(100)}}"}]}"""),
            _ => ScriptedHandler.Json("""{"status":"OK","items":[]}"""),
        });
        late.InnerHandler = handler;
        using var http = new HttpClient(late) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new FichierClient(Stage.OptionsFor(FichierOptions.DefaultApiBase, time) with { StallTimeout = TimeSpan.FromMinutes(1) }, http);
        var upload = client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings());
        await late.Waiting;
        time.Advance(TimeSpan.FromMinutes(5));
        if (minutes == 60)
            await Until.TrueAsync(() =>
            {
                if (!late.IsSending)
                    time.Advance(TimeSpan.FromSeconds(10));
                return upload.IsCompleted;
            });
        var outcome = Assert.Single(await upload);
        Assert.Equal(minutes == 5, outcome.Proven);
        Assert.Equal(sent, handler.Requests.Count(r => r.Endpoint == "/upload"));
    }

    [Fact]
    public async Task A_session_that_cannot_end_in_four_hours_says_so_early()
    {
        await using var stage = await Stage.StartAsync(factor: 10_000);
        var slow = new UploadFile("slow", 40_000, _ => new(new SlowStream(Pattern.Bytes(40_000), stage.Time)));
        var events = new EventList();
        await stage.Client.Transfers.UploadAsync([slow], new UploadSettings(), progress: events);
        Assert.Single(events.Notices, n => n.Contains("after 4"));
        Assert.Contains("hours", events.Notices[0]);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        await using var stage = await Stage.StartAsync();
        using var cancel = new CancellationTokenSource();
        var file = new UploadFile("a", 10_000_000, _ =>
        {
            cancel.CancelAfter(TimeSpan.FromMilliseconds(20));
            return new(new SlowStream(Pattern.Bytes(10_000_000), new FastTime(1000)));
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Client.Transfers.UploadAsync([file], new UploadSettings(), cancellationToken: cancel.Token));
        Assert.Empty(stage.Control.Tree().Files);
        Assert.True(Assert.Single(await stage.Client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings())).Proven);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_cancelled_after_its_last_byte_is_brought_to_its_end(bool storedAtReport)
    {
        await using var stage = await Stage.StartAsync(new SandboxBehaviours { StoreAtReport = storedAtReport });
        using var cancel = new CancellationTokenSource();
        using var handler = new TakenHandler(_ => cancel.CancelAsync());
        using var client = Watched(stage, handler, new ManualTime());
        var events = new EventList();
        Assert.True(Assert.Single(await client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), null, events, cancel.Token)).Proven);
        Assert.Single(stage.Control.Tree().Files);
        Assert.Single(events.Notices, n => n.StartsWith("'a' had been sent whole", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_cancelled_sessions_those_sent_whole_are_brought_to_their_end_and_the_others_are_not_stored()
    {
        await using var stage = await Stage.StartAsync();
        using var cancel = new CancellationTokenSource();
        using var handler = new TakenHandler(_ => cancel.CancelAsync());
        using var client = Watched(stage, handler, new ManualTime());
        var begun = new TaskCompletionSource();
        var endless = new UploadFile("endless", 200, async token =>
        {
            begun.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return Stream.Null;
        });
        var whole = new UploadFile("whole", 100, async _ =>
        {
            await begun.Task;
            return new MemoryStream(Pattern.Bytes(100));
        });
        var events = new EventList();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Transfers.UploadAsync(
            [whole, endless, Pattern.File("later", 300)], new UploadSettings(), new UploadBatchOptions { FilesPerSession = 1, Sessions = 2 }, events, cancel.Token));
        Assert.Equal("whole", Assert.Single(stage.Control.Tree().Files).Name);
        Assert.Equal("whole", Assert.Single(events.All.OfType<TransferEnded>()).Name);
    }

    [Fact]
    public async Task A_node_that_never_answers_holds_up_nobody_who_cancels()
    {
        await using var stage = await Stage.StartAsync();
        using var cancel = new CancellationTokenSource();
        var time = new ManualTime();
        using var handler = new TakenHandler(async token =>
        {
            await cancel.CancelAsync();
            time.Advance(TimeSpan.FromSeconds(9));
            Assert.False(token.IsCancellationRequested);
            time.Advance(TimeSpan.FromSeconds(1));
            await new TaskCompletionSource().Task.WaitAsync(token);
        });
        using var client = Watched(stage, handler, time);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Transfers.UploadAsync([Pattern.File("a", 100)], new UploadSettings(), cancellationToken: cancel.Token));
        Assert.True(Assert.IsType<FichierUnavailableException>(cancelled.InnerException).MayHaveHappened);
    }

    private static FichierClient Watched(Stage stage, HttpMessageHandler handler, ManualTime time) => stage.Another(
        o => o with { Time = time, Ledger = new MemoryLedger(new LedgerOptions { Rules = [], Time = time }) },
        new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan });

    private static string Checksum(int length)
    {
        using var hash = new OneFichier.Hashing.Whirlpool();
        hash.AppendData(Pattern.Bytes(length));
        return hash.GetHashAndReset().ToString();
    }

    private static HttpResponseMessage Accepted()
    {
        var response = ScriptedHandler.Text("moved", 302);
        response.Headers.Location = new Uri("/end.pl?xid=abcdefghij", UriKind.Relative);
        return response;
    }

    /// <summary>Gives the answers to uploads late, and knows when one is being sent, in which no time may pass.</summary>
    private sealed class LateHandler(TimeSpan late, TimeProvider time) : DelegatingHandler
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isSending;

        public Task Waiting => _waiting.Task;

        public bool IsSending => Volatile.Read(ref _isSending);

        public HttpResponseMessage Sending()
        {
            Volatile.Write(ref _isSending, true);
            return ScriptedHandler.Json("""{"url":"up2.1fichier.com","id":"abcdefghij"}""");
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath != "/upload.cgi")
                return response;

            var wait = Task.Delay(late, time, cancellationToken);
            Volatile.Write(ref _isSending, false);
            _waiting.TrySetResult();
            await wait;
            return response;
        }
    }

    /// <summary>Does something once the node has taken a session, and before its answer is known.</summary>
    private sealed class TakenHandler(Func<CancellationToken, Task> taken) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath != "/upload.cgi")
                return response;
            await taken(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return response;
        }
    }

    /// <summary>Gives a thousand bytes every fifteen minutes.</summary>
    private sealed class SlowStream(byte[] content, TimeProvider time) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromMinutes(15), time, cancellationToken);
            return await base.ReadAsync(buffer[..Math.Min(1000, buffer.Length)], cancellationToken);
        }
    }
}
