using OneFichier.Drive.Access;
using OneFichier.Server.Audit;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private static readonly AccessCaller Caller = new("t1", "nas", "webdav", "192.168.1.7");

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Records_are_read_back_as_they_were_in_their_order_over_restarts()
    {
        await using (var log = NewLog())
            await log.RecordAsync([new AccessRecord(Caller, AccessVerb.Move, "/a") { Target = "/b" }, new AccessRecord(Caller, AccessVerb.Put, "/c") { Bytes = 7 }]);
        _time.Advance(TimeSpan.FromHours(1));
        await using (var log = NewLog())
            await log.RecordAsync([new AccessRecord(Caller, AccessVerb.Remove, "/c") { Outcome = AccessOutcome.Refused, Reason = "no" }]);

        var lines = await LinesAsync();
        Assert.Equal([1L, 2L, 3L, 4L], lines.Select(l => l.N));
        Assert.Equal(["begin", "move", "put", "remove"], lines.Select(l => l.Verb));
        Assert.Equal(("nas", "t1", "webdav", "192.168.1.7", "/a", "/b"), (lines[1].User, lines[1].Token, lines[1].Face, lines[1].From, lines[1].Path, lines[1].Target));
        Assert.Equal((7L, "refused", "no"), (lines[2].Bytes, lines[3].Outcome, lines[3].Reason));
        Assert.Equal(TimeSpan.FromHours(1), lines[3].T - lines[2].T);
        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Theory]
    [InlineData("/a\n{\"n\":9,\"verb\":\"put\",\"h\":\"0\"}\n")]
    [InlineData("/a\r\nb\u0085\u2028\u2029c")]
    [InlineData("/\"},\"h\":\"0000\"}")]
    [InlineData("/\0\u001b[2J\u202egpj.exe")]
    [InlineData("/\ud800lone")]
    public async Task Hostile_names_forge_no_line(string name)
    {
        await using (var log = NewLog())
            await log.RecordAsync([new AccessRecord(Caller, AccessVerb.Put, name), new AccessRecord(Caller, AccessVerb.Put, "/after")]);
        Assert.Equal(3, File.ReadAllLines(Active).Length);
        Assert.All(File.ReadAllBytes(Active), b => Assert.True(b is (byte)'\n' or (>= 0x20 and < 0x7f)));
        Assert.Equal(name.Replace('\ud800', '\ufffd'), (await LinesAsync())[1].Path);
        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Fact]
    public async Task Several_writers_of_one_log_make_one_chain()
    {
        await using var one = NewLog(TimeProvider.System);
        await using var other = NewLog(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Task.Run(() => (n % 2 == 0 ? one : other).RecordAsync([new AccessRecord(Caller, AccessVerb.Put, $"/{n}")]).AsTask())));
        var verdict = await VerifyAsync();
        Assert.Empty(verdict.Problems);
        Assert.Equal(61, verdict.Records);
        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"/{n}").Order(StringComparer.Ordinal), (await LinesAsync()).Skip(1).Select(l => l.Path!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_full_file_is_put_aside_and_the_chain_goes_on()
    {
        await using (var log = NewLog(options: new AuditLogOptions { FileSize = 2_000 }))
        {
            for (var n = 0; n < 50; n++)
                await log.RecordAsync([new AccessRecord(Caller, AccessVerb.Put, $"/file {n}")]);
        }

        var files = Directory.GetFiles(_folder.Path, "audit*.log");
        Assert.True(files.Length > 3);
        Assert.All(files, f => Assert.InRange(new FileInfo(f).Length, 1, 2_000));
        Assert.Equal(Enumerable.Range(0, 50).Select(n => $"/file {n}"), (await LinesAsync()).Where(l => l.Verb != "begin").Select(l => l.Path));
        Assert.Empty((await VerifyAsync()).Problems);

        File.Delete(files.Order(StringComparer.Ordinal).First(f => f != Active));
        Assert.Empty((await VerifyAsync()).Problems);
        File.Delete(Directory.GetFiles(_folder.Path, "audit-*.log").Order(StringComparer.Ordinal).ElementAt(1));
        Assert.Contains("missing", Assert.Single((await VerifyAsync()).Problems).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_whose_writing_was_cut_off_gives_way_and_the_chain_goes_on()
    {
        await FillAsync(3);
        await File.AppendAllTextAsync(Active, "{\"v\":1,\"n\":5,\"t\":\"20");
        await FillAsync(1);
        Assert.Empty((await VerifyAsync()).Problems);
        Assert.Equal(5, (await LinesAsync()).Count);
    }

    [Fact]
    public async Task Records_that_the_note_of_the_end_does_not_know_yet_are_kept()
    {
        await FillAsync(2);
        var head = await File.ReadAllBytesAsync(_folder["audit.head"]);
        await FillAsync(2);
        await File.WriteAllBytesAsync(_folder["audit.head"], head);
        await FillAsync(1);
        Assert.Equal(6, (await LinesAsync()).Count);
        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Fact]
    public async Task Records_for_which_there_is_no_room_are_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders have no such rights");
        await File.WriteAllTextAsync(_folder["not a folder"], "");
        await using var log = new AuditLog(_folder["not a folder"], TimeProvider.System);
        await Assert.ThrowsAnyAsync<IOException>(() => log.RecordAsync([new AccessRecord(Caller, AccessVerb.Put, "/x")]).AsTask().WaitAsync(TimeSpan.FromMinutes(5)));
    }

    private string Active => _folder["audit.log"];

    private AuditLog NewLog(TimeProvider? time = null, AuditLogOptions? options = null) => new(_folder.Path, time ?? _time, options);

    private async Task FillAsync(int count)
    {
        await using var log = NewLog();
        for (var n = 0; n < count; n++)
            await log.RecordAsync([new AccessRecord(Caller, AccessVerb.Put, $"/{n}")]);
    }

    private Task<AuditVerdict> VerifyAsync() => new AuditReader(_folder.Path).VerifyAsync();

    private async Task<List<AuditLine>> LinesAsync()
    {
        var lines = new List<AuditLine>();
        await foreach (var line in new AuditReader(_folder.Path).ReadAsync())
            lines.Add(line);
        return lines;
    }
}
