using System.Net;
using System.Net.Http.Headers;
using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

public sealed class GovernorHandlerTests : IDisposable
{
    private const string Flood = """{"message":"Flood detected: IP Locked #374","status":"KO"}""";
    private static readonly ApiCall s_call = BookPlay.Call();

    private readonly ServicePlay _play = new();

    public void Dispose() => _play.Dispose();

    [Fact]
    public async Task A_request_that_names_no_call_passes_ungoverned()
    {
        for (var i = 0; i < 20; i++)
            await _play.PostAsync(null);
        Assert.Equal(20, _play.Arrivals.Count);
        Assert.Empty((await _play.Budget.SnapshotAsync()).Users);
    }

    [Fact]
    public void There_is_no_way_around_by_sending_synchronously()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://127.0.0.1:1/v1/x.cgi");
        request.Options.Set(ApiCall.OptionsKey, s_call);
        Assert.Throws<NotSupportedException>(() => _play.Client.Send(request));
        Assert.Empty(_play.Arrivals);
    }

    [Fact]
    public async Task Requests_keep_their_distance()
    {
        for (var i = 0; i < 12; i++)
            await _play.Time.RunAsync(_play.PostAsync(s_call));
        var gaps = _play.Arrivals.Zip(_play.Arrivals.Skip(1), (a, b) => b - a).ToList();
        Assert.All(gaps, g => Assert.Equal(TimeSpan.FromMilliseconds(400), g));
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, Flood, 30)]
    [InlineData(HttpStatusCode.OK, Flood, 30)]
    [InlineData(HttpStatusCode.ServiceUnavailable, Flood, 30)]
    [InlineData(HttpStatusCode.Forbidden, """{"Status":"ko","Message":"FLOOD DETECTED: user apk locked #1"}""", 300)]
    [InlineData(HttpStatusCode.Forbidden, """{"status":"KO","message":"IP Locked #186"}""", 3600)]
    [InlineData(HttpStatusCode.OK, "IP Locked", 3600)]
    [InlineData(HttpStatusCode.TooManyRequests, "", 30)]
    [InlineData(HttpStatusCode.TooManyRequests, "<html>slow down</html>", 30)]
    [InlineData(HttpStatusCode.TooManyRequests, """{"status":"KO","message":"something new"}""", 30)]
    public async Task A_refusal_for_flooding_pauses_and_the_call_is_sent_again(HttpStatusCode status, string body, double pause)
    {
        _play.Next(status, body);
        var response = await _play.Time.RunAsync(_play.PostAsync(s_call));
        Assert.Equal("""{"status":"OK"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(TimeSpan.FromSeconds(pause), _play.Arrivals[1] - _play.Arrivals[0]);
        Assert.Equal(["{}", "{}"], _play.Bodies);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"status":"KO","message":"Resource not allowed #631"}""")]
    [InlineData(HttpStatusCode.NotFound, """{"status":"KO","message":"Resource not found #469"}""")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "<html>maintenance</html>")]
    [InlineData(HttpStatusCode.OK, """{"status":"OK","message":"Flood detected: IP Locked"}""")]
    [InlineData(HttpStatusCode.OK, """{"status":"OK","items":[{"filename":"IP Locked"}]}""")]
    [InlineData(HttpStatusCode.OK, """["IP Locked"]x""")]
    [InlineData(HttpStatusCode.OK, "")]
    public async Task Any_other_answer_is_handed_on_whole(HttpStatusCode status, string body)
    {
        _play.Next(status, body.EndsWith('x') ? body.PadRight(2000) : body, r => r.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json"));
        var response = await _play.PostAsync(s_call);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(body, (await response.Content.ReadAsStringAsync()).TrimEnd());
        Assert.Single(_play.Arrivals);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public async Task A_body_of_any_length_can_still_be_read_to_its_end(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        _play.Next((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Dribble(bytes)) }));
        var response = await _play.PostAsync(s_call);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_long_answer_of_known_length_is_not_looked_at()
    {
        var body = new Dribble(new byte[100_000]);
        _play.Next((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) { Headers = { ContentLength = 100_000 } } }));
        await _play.PostAsync(s_call);
        Assert.Equal(0, body.Position);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("Mon, 01 Jun 2026 12:01:30 GMT", 90)]
    [InlineData("Mon, 01 Jun 2020 12:01:30 GMT", 1)]
    public async Task The_service_may_say_how_long_to_stay_away(string retryAfter, double pause)
    {
        _play.Next(HttpStatusCode.TooManyRequests, "", r => r.Headers.TryAddWithoutValidation("Retry-After", retryAfter));
        await _play.Time.RunAsync(_play.PostAsync(s_call));
        Assert.Equal(TimeSpan.FromSeconds(pause), _play.Arrivals[1] - _play.Arrivals[0]);
    }

    [Fact]
    public async Task A_lock_of_the_account_page_pauses_the_account_page_alone()
    {
        _play.Next(HttpStatusCode.Forbidden, """{"status":"KO","message":"Flood detected: User Locked #223"}""");
        var page = _play.PostAsync(new("user/info"));
        _play.Time.Advance(TimeSpan.FromSeconds(1));
        await _play.PostAsync(s_call);
        Assert.Equal(TimeSpan.FromSeconds(1), _play.Arrivals[1] - _play.Arrivals[0]);
        await _play.Time.RunAsync(page);
        Assert.Equal(TimeSpan.FromMinutes(5), _play.Arrivals[2] - _play.Arrivals[0]);
    }

    [Fact]
    public async Task An_account_locked_for_failed_logins_is_left_alone_but_the_call_is_not_sent_again()
    {
        _play.Next(HttpStatusCode.Forbidden, """{"status":"KO","message":"More than 5 login try per 10 minutes #1"}""");
        var response = await _play.PostAsync(s_call);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(_play.Time.GetUtcNow().AddHours(1), Assert.Single((await _play.Budget.SnapshotAsync()).Locks).Until);
    }

    [Fact]
    public async Task After_six_refusals_the_last_one_is_handed_on()
    {
        for (var i = 0; i < 6; i++)
            _play.Next(HttpStatusCode.Forbidden, Flood);
        var response = await _play.Time.RunAsync(_play.PostAsync(s_call));
        Assert.Equal(Flood, await response.Content.ReadAsStringAsync());
        Assert.Equal([30, 60, 120, 240, 480], _play.Arrivals.Zip(_play.Arrivals.Skip(1), (a, b) => (b - a).TotalSeconds));
    }

    [Fact]
    public async Task A_pause_longer_than_the_wait_allowed_throws_at_once()
    {
        using var play = new ServicePlay(TimeSpan.FromSeconds(20));
        play.Next(HttpStatusCode.Forbidden, Flood);
        var e = await Assert.ThrowsAsync<FichierFloodException>(() => play.PostAsync(s_call));
        Assert.Equal("Flood detected: IP Locked #374", e.ServiceText);
        Assert.Equal(ServiceReaction.Flood, e.Known?.Reaction);
        Assert.Equal(play.Time.GetUtcNow().AddSeconds(30), e.RetryAt);
        Assert.Contains("12:00:30", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_wait_allowed_is_for_all_pauses_of_a_call_together()
    {
        using var play = new ServicePlay(TimeSpan.FromSeconds(60));
        play.Next(HttpStatusCode.Forbidden, Flood);
        play.Next(HttpStatusCode.Forbidden, Flood);
        await Assert.ThrowsAsync<FichierFloodException>(() => play.Time.RunAsync(play.PostAsync(s_call)));
        Assert.Equal(2, play.Arrivals.Count);
    }

    [Fact]
    public async Task A_request_that_fails_is_settled()
    {
        _play.Next((_, _) => throw new HttpRequestException("no route"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _play.PostAsync(s_call));
        Assert.Equal(0, (await _play.Budget.SnapshotAsync()).Users.Sum(u => u.InFlight));
    }

    [Fact]
    public async Task A_request_cancelled_on_the_wire_is_settled_and_stays_spent()
    {
        using var cancel = new CancellationTokenSource();
        _play.Next(async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, _play.Time, token);
            throw new InvalidOperationException("Never comes here.");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _play.PostAsync(BookPlay.Listing(7), cancel.Token));
        var snapshot = await _play.Budget.SnapshotAsync();
        Assert.Equal(0, snapshot.Users.Sum(u => u.InFlight));
        Assert.Equal(1, Assert.Single(snapshot.Rules, r => r.Name == "folder listing").Used);
    }

    [Fact]
    public async Task A_probe_that_fails_for_another_reason_ends_the_lock()
    {
        _play.Next(HttpStatusCode.Forbidden, Flood);
        _play.Next((_, _) => throw new HttpRequestException("no route"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _play.Time.RunAsync(_play.PostAsync(s_call)));
        Assert.Empty((await _play.Budget.SnapshotAsync()).Locks);
    }

    [Fact]
    public async Task Of_many_waiting_for_a_lock_exactly_one_goes_first()
    {
        _play.Next(HttpStatusCode.Forbidden, Flood);
        var (probeCame, probeAnswer) = (new TaskCompletionSource(), new TaskCompletionSource<HttpResponseMessage>());
        _play.Next((_, _) =>
        {
            probeCame.SetResult();
            return probeAnswer.Task;
        });
        var calls = Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _play.PostAsync(s_call)));
        await _play.Time.RunAsync(probeCame.Task);
        for (var i = 0; i < 20; i++)
        {
            await _play.Time.TimerSetAsync();
            _play.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, _play.Arrivals.Count);
        probeAnswer.SetResult(new(HttpStatusCode.OK) { Content = new StringContent("{}") });
        await _play.Time.RunAsync(calls);
        Assert.Equal(6, _play.Arrivals.Count);
    }

    private sealed class Dribble(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
