using System.Text.Json;
using OneFichier.Governor;
using OneFichier.Testing;

namespace OneFichier.Tests.Governor;

public sealed class FileLedgerTests : IDisposable
{
    private static readonly ApiCall s_listing = BookPlay.Listing(7);

    private readonly StateFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly CollectedLog _log = new();
    private readonly BudgetOwner _me = BudgetOwner.ThisProcess();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_ledgers_on_one_folder_share_one_budget()
    {
        await SpendAsync(Ledger(), s_listing);
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(Ledger(), s_listing));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(), s_listing));
    }

    [Fact]
    public async Task Nobody_else_can_read_the_file()
    {
        if (OperatingSystem.IsWindows())
            return;
        await SpendAsync(Ledger(), s_listing);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
    }

    [Fact]
    public async Task The_file_is_json_that_a_person_can_read()
    {
        await SpendAsync(Ledger(), s_listing);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder.File, TestContext.Current.CancellationToken));
        Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
        Assert.Equal("file/ls", json.RootElement.GetProperty("book").GetProperty("spendings")[0].GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task A_first_run_waits_for_nothing()
    {
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(), new("user/info")));
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json at all")]
    [InlineData("[1,2]")]
    [InlineData("""{"version":0}""")]
    [InlineData("""{"version":1,"checksum":"0123456789abcdef","boot":"x","elapsed":1,"wall":"2026-01-01T00:00:00Z","book":{}}""")]
    public async Task A_damaged_file_counts_as_a_budget_just_spent(string content)
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.File, content, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(Ledger(), s_listing));
        Assert.Contains("damaged", _log.Warnings.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_byte_cut_off_or_changed_is_noticed()
    {
        await SpendAsync(Ledger(), s_listing);
        var good = await File.ReadAllBytesAsync(_folder.File, TestContext.Current.CancellationToken);
        var random = new Random(20260801);
        for (var i = 0; i < 200; i++)
        {
            var bad = random.Next(2) == 0 ? good[..random.Next(good.Length - 2)] : Flip(good, random.Next(12, good.Length - 2), random.Next(1, 256));
            await File.WriteAllBytesAsync(_folder.File, bad, TestContext.Current.CancellationToken);
            Assert.True(await WaitOfAsync(Ledger(), BookPlay.Listing(1000 + i)) > TimeSpan.Zero, $"seed 20260801, round {i}");
        }
    }

    [Fact]
    public async Task What_a_longer_file_left_behind_is_ignored()
    {
        await SpendAsync(Ledger(), s_listing);
        await File.AppendAllTextAsync(_folder.File, "left over from before", TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(), new("user/info"), after: 1));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        const string Newer = """{"version":2,"checksum":7,"everything":"else"}""";
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.File, Newer, TestContext.Current.CancellationToken);
        var e = await Assert.ThrowsAsync<FichierException>(() => SpendAsync(Ledger(), s_listing));
        Assert.Contains("newer fichier", e.Message, StringComparison.Ordinal);
        Assert.Equal(Newer, await File.ReadAllTextAsync(_folder.File, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_warned_of_once_and_the_budget_goes_on_in_memory()
    {
        await File.WriteAllTextAsync(_folder.Path, "a file where the folder should be", TestContext.Current.CancellationToken);
        var ledger = Ledger();
        await SpendAsync(ledger, s_listing);
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(ledger, s_listing));
        Assert.StartsWith("Warning: The request budget cannot be kept in", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_warned_of_once_and_nothing_spent_is_forgotten()
    {
        if (!File.Exists("/dev/full"))
            return;
        Directory.CreateDirectory(_folder.Path);
        File.CreateSymbolicLink(_folder.File, "/dev/full");
        var ledger = Ledger();
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(ledger, s_listing));
        _time.Advance(TimeSpan.FromSeconds(30));
        await SpendAsync(ledger, s_listing);
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(ledger, s_listing));
        Assert.Single(_log.Warnings, w => w.Contains("cannot be kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_that_throws_changes_nothing()
    {
        var ledger = Ledger();
        await Assert.ThrowsAsync<NotSupportedException>(async () => await ledger.UpdateAsync<int>((book, now) =>
        {
            book.TryAcquire(s_listing, _me, now);
            throw new NotSupportedException();
        }));
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(ledger, s_listing));
    }

    [Fact]
    public async Task Looking_does_not_write()
    {
        await SpendAsync(Ledger(), s_listing);
        var before = await File.ReadAllBytesAsync(_folder.File, TestContext.Current.CancellationToken);
        await new RequestBudget(Ledger(), _time).SnapshotAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(-365)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(365)]
    public async Task A_calendar_that_jumps_changes_no_wait(int days)
    {
        await SpendAsync(Ledger(), s_listing);
        _time.SetWall(_time.GetUtcNow().AddDays(days));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(20), await WaitOfAsync(Ledger(), s_listing));
    }

    [Theory]
    [InlineData(12, 18)]
    [InlineData(45, 0)]
    [InlineData(-86400, 30)]
    public async Task After_a_restart_of_the_machine_the_calendar_says_how_much_time_passed(int secondsAway, int wait)
    {
        await SpendAsync(Ledger("one boot"), s_listing);
        _time.SetWall(_time.GetUtcNow().AddSeconds(secondsAway));
        _time.Restart(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(wait), await WaitOfAsync(Ledger("another boot"), s_listing));
    }

    [Fact]
    public async Task A_restart_the_system_does_not_tell_of_is_seen_by_its_clock()
    {
        await SpendAsync(Ledger(""), s_listing);
        _time.SetWall(_time.GetUtcNow().AddSeconds(12));
        _time.Restart(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(18), await WaitOfAsync(Ledger(""), s_listing));
    }

    [Fact]
    public async Task Calls_in_flight_do_not_survive_a_restart_of_the_machine()
    {
        await Ledger("one boot").UpdateAsync((book, now) => book.TryAcquire(s_listing, _me, now), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(31));
        _time.Restart(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger("another boot"), s_listing));
    }

    [Fact]
    public async Task Another_process_that_had_the_same_number_is_gone()
    {
        await LeaveInFlightAsync(_me with { Started = _me.Started - 1 });
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(), s_listing, after: 30));
    }

    [Fact]
    public async Task A_call_in_flight_of_a_living_process_holds_its_place()
    {
        await LeaveInFlightAsync(_me);
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(Ledger(), s_listing, after: 30));
    }

    [Fact]
    public async Task A_process_in_another_container_is_gone_when_nothing_was_heard_of_it_for_long()
    {
        await LeaveInFlightAsync(_me with { Place = "another container" });
        Assert.Equal(TimeSpan.FromSeconds(30), await WaitOfAsync(Ledger(), s_listing, after: 299));
        Assert.Equal(TimeSpan.Zero, await WaitOfAsync(Ledger(), s_listing, after: 2));
    }

    private static byte[] Flip(byte[] good, int at, int by)
    {
        var bad = good.ToArray();
        bad[at] ^= (byte)by;
        return bad;
    }

    private FileLedger Ledger(string boot = "this boot") => new(_folder.Path, new() { Time = _time, Boot = boot, Logger = _log });

    private async Task SpendAsync(FileLedger ledger, ApiCall call)
    {
        var permit = await ledger.UpdateAsync((book, now) => book.TryAcquire(call, _me, now).Permit);
        Assert.NotNull(permit);
        await ledger.UpdateAsync((book, now) =>
        {
            book.Complete(permit, BudgetOutcome.Done, now);
            return 0;
        });
    }

    private async Task LeaveInFlightAsync(BudgetOwner owner) =>
        Assert.True(await Ledger().UpdateAsync((book, now) => book.TryAcquire(s_listing, owner, now).IsGranted));

    private async Task<TimeSpan> WaitOfAsync(FileLedger ledger, ApiCall call, double after = 0)
    {
        _time.Advance(TimeSpan.FromSeconds(after));
        return await ledger.UpdateAsync((book, now) => book.TryAcquire(call, _me, now) is { Refusal: { } refusal } ? refusal.NotBefore - now.Elapsed : TimeSpan.Zero);
    }
}
