using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Safety;

/// <summary>Which calls are made again when something went wrong, and which must not be.</summary>
public sealed class RepeatTests
{
    private static readonly FileLink Link = FileLink.FromId("abcdefghij");

    private static readonly Dictionary<string, Func<FichierClient, Task>> Calls = new()
    {
        ["folder/mkdir"] = c => c.Folders.CreateAsync("a"),
        ["folder/mv"] = c => c.Folders.MoveAsync(new FolderId(1), new FolderId(2)),
        ["folder/rm"] = c => c.Folders.RemoveAsync(new FolderId(1)),
        ["file/cp"] = c => c.Files.CopyAsync([Link], new FolderId(1)),
        ["file/mv"] = c => c.Files.MoveAsync([Link], new FolderId(1)),
        ["file/rename"] = c => c.Files.RenameAsync([new(Link, "a")]),
        ["remote/request"] = c => c.RemoteUploads.AddAsync([new Uri("https://example.com/a")]),
        ["vouchers/use"] = c => c.Vouchers.UseAsync("v", "a@b.fr"),
        ["ftp/users/add"] = c => c.Ftp.AddUserAsync("a", "b"),
        ["file/ls"] = c => c.Files.ListAsync(new FolderId(1)),
        ["folder/ls"] = c => c.Folders.ListAsync(new FolderId(1)),
        ["file/info"] = c => c.Files.GetAsync(Link),
        ["file/rm"] = c => c.Files.RemoveAsync([Link]),
        ["file/chattr"] = c => c.Files.SetAttributesAsync([Link], new FileAttributeChanges { Inline = true }),
        ["folder/share"] = c => c.Folders.ShareAsync(new FolderId(1), new FolderSharing { Public = true }),
        ["download/get_token"] = c => c.Downloads.GetLinkAsync(Link),
        ["upload/get_upload_server"] = c => c.Uploads.GetNodeAsync(),
        ["remote/ls"] = c => c.RemoteUploads.ListAsync(),
    };

    public static TheoryData<string> Once => [.. Calls.Keys.Take(9)];

    public static TheoryData<string> Freely => [.. Calls.Keys.Skip(9)];

    public static TheoryData<string> Every => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Once))]
    public async Task A_call_that_would_do_it_twice_is_made_once_when_nobody_knows_what_became_of_it(string endpoint)
    {
        foreach (var trouble in Unknown())
        {
            var handler = new ScriptedHandler(_ => trouble());
            using var client = handler.Client();
            var error = Assert.IsAssignableFrom<FichierException>(await Record.ExceptionAsync(() => Calls[endpoint](client)));
            Assert.True(error is FichierUnavailableException { MayHaveHappened: true } or FichierProtocolException, error.ToString());
            Assert.Equal(endpoint, Assert.Single(handler.Requests).Endpoint);
        }
    }

    [Theory]
    [MemberData(nameof(Freely))]
    public async Task A_call_that_may_be_made_twice_is_made_until_it_succeeds(string endpoint)
    {
        foreach (var trouble in Unknown())
        {
            var handler = new ScriptedHandler(r => r.Number <= 2 ? trouble() : Good());
            using var client = handler.Client();
            await Calls[endpoint](client);
            Assert.Equal(3, handler.Requests.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Every_call_is_made_again_after_maintenance_and_a_bounded_number_of_times(string endpoint)
    {
        foreach (var busy in new Func<HttpResponseMessage>[]
        {
            () => ScriptedHandler.Text("<h1>503 Service Unavailable</h1>", 503),
            () => ScriptedHandler.Text("<h1>Maintenance</h1>"),
            () => ScriptedHandler.Json("""{"status":"KO","message":"The site is under maintenance #3"}"""),
            () => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
            () => throw new TaskCanceledException("canceled", new TimeoutException("no connection in time")),
        })
        {
            var brief = new ScriptedHandler(r => r.Number == 1 ? busy() : Good());
            using (var client = brief.Client())
                await Calls[endpoint](client);
            Assert.Equal(2, brief.Requests.Count);

            var endless = new ScriptedHandler(_ => busy());
            using (var client = endless.Client())
                Assert.IsType<FichierUnavailableException>(await Record.ExceptionAsync(() => Calls[endpoint](client)));
            Assert.Equal(4, endless.Requests.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_flood_is_waited_for_a_bounded_number_of_times(string endpoint)
    {
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json("""{"status":"KO","message":"Flood detected: IP Locked #374"}""", 403));
        using var client = handler.Client();
        Assert.IsType<FichierFloodException>(await Record.ExceptionAsync(() => Calls[endpoint](client)));
        Assert.InRange(handler.Requests.Count, 2, 8);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_refusal_is_not_argued_with(string endpoint)
    {
        foreach (var message in new[] { "Not authenticated #1", "No such user #93", "Must be a customer #236", "Resource not allowed #631", "Owner locked #620", "Something new #1" })
        {
            var handler = new ScriptedHandler(_ => ScriptedHandler.Json($$"""{"status":"KO","message":"{{message}}"}""", 403));
            using var client = handler.Client();
            Assert.NotNull(await Record.ExceptionAsync(() => Calls[endpoint](client)));
            Assert.Single(handler.Requests);
        }
    }

    [Fact]
    public async Task A_folder_whose_making_was_cut_off_is_made_once()
    {
        await using var stage = await Stage.StartAsync();
        stage.Control.FailNext(FaultKind.CutAfter, "folder/mkdir");
        var error = await Assert.ThrowsAsync<FichierUnavailableException>(() => stage.Client.Folders.CreateAsync("a"));
        Assert.True(error.MayHaveHappened);
        Assert.Single(stage.Control.Tree().Folders);
    }

    [Fact]
    public async Task A_call_that_hangs_ends_after_its_time_and_may_have_happened()
    {
        using var never = new HangingHandler();
        using var http = new HttpClient(never) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new FichierClient(Stage.OptionsFor(FichierOptions.DefaultApiBase, new FastTime(2000)) with { CallTimeout = TimeSpan.FromSeconds(100) }, http);
        var error = await Assert.ThrowsAsync<FichierUnavailableException>(() => client.Folders.CreateAsync("a"));
        Assert.True(error.MayHaveHappened);
        await Assert.ThrowsAsync<FichierUnavailableException>(() => client.Shares.ListAsync(ShareLink.Parse("https://1fichier.com/dir/a")));
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var handler = new ScriptedHandler(_ =>
        {
            cancel.Cancel();
            return ScriptedHandler.Text("", 503);
        });
        using var client = handler.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Files.ListAsync(FolderId.Root, null, cancel.Token));
        Assert.Single(handler.Requests);
    }

    private static IEnumerable<Func<HttpResponseMessage>> Unknown() =>
    [
        () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut"),
        () => throw new IOException("cut"),
        () => ScriptedHandler.Text("<html>what</html>"),
        () => ScriptedHandler.Text(""),
        () => ScriptedHandler.Text("<h1>Software error</h1>", 500),
        () => ScriptedHandler.Text("", 502),
        () => ScriptedHandler.Text("", 504),
    ];

    private static HttpResponseMessage Good() => ScriptedHandler.Json(
        """{"status":"OK","url":"https://a-1.1fichier.com/p1","id":"1234567890","folder_id":5,"filename":"a","size":1,"name":"a"}""");

    private sealed class HangingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException("It ended.");
        }
    }
}
