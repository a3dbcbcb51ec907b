using System.Collections.Concurrent;
using OneFichier.Governor;
using OneFichier.Testing;

namespace OneFichier.Tests.Governor;

public sealed class RequestBudgetTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly ManualTime _time = new();
    private readonly CountingLedger _ledger;
    private readonly RequestBudget _budget;
    private readonly ConcurrentQueue<BudgetWait> _waits = new();

    public RequestBudgetTests()
    {
        _ledger = new(new MemoryLedger(new() { Time = _time }));
        _budget = new(_ledger, _time) { Waits = new Listener(_waits) };
    }

    [Fact]
    public async Task A_free_call_costs_one_look_at_the_ledger_and_one_to_settle()
    {
        await SpendAsync(BookPlay.Call());
        Assert.Equal(2, _ledger.Looks);
    }

    [Fact]
    public async Task Equals_go_in_the_order_they_came()
    {
        var permits = await _time.RunAsync(Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SpendAsync(BookPlay.Call()))));
        Assert.Equal(permits.OrderBy(p => p.Id), permits);
    }

    [Fact]
    public async Task Interactive_calls_overtake_background_calls()
    {
        await SpendAsync(BookPlay.Call());
        var bulk = Enumerable.Range(0, 3).Select(_ => SpendAsync(BookPlay.Call(CallPriority.Background))).ToList();
        var people = Enumerable.Range(0, 2).Select(_ => SpendAsync(BookPlay.Call())).ToList();
        var permits = await _time.RunAsync(Task.WhenAll([.. people, .. bulk]));
        Assert.Equal(permits.OrderBy(p => p.Id), permits);
    }

    [Fact]
    public async Task A_call_whose_own_rule_is_spent_lets_others_pass()
    {
        await SpendAsync(BookPlay.Listing(7));
        var same = _budget.AcquireAsync(BookPlay.Listing(7), s_day);
        var other = _budget.AcquireAsync(BookPlay.Listing(8), s_day);
        var before = _time.Elapsed;
        var permits = await _time.RunAsync(Task.WhenAll(other, same));
        Assert.True(permits[0].Id < permits[1].Id);
        Assert.Equal(TimeSpan.FromSeconds(30), _time.Elapsed - before);
    }

    [Fact]
    public async Task Ten_thousand_waiting_calls_do_not_look_at_the_ledger_each()
    {
        await SpendAsync(new("user/info"));
        using var leave = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 10_000).Select(_ => _budget.AcquireAsync(new("user/info"), s_day * 365, leave.Token)).ToList();
        _time.Advance(TimeSpan.FromSeconds(200));
        await _time.TimerSetAsync();
        Assert.InRange(_ledger.Looks, 2, 100);
        await leave.CancelAsync();
        await Task.WhenAll(calls.Select(c => Assert.ThrowsAnyAsync<OperationCanceledException>(() => c)));
    }

    [Fact]
    public async Task Ten_thousand_calls_of_different_kinds_cost_a_few_looks_for_each_that_goes()
    {
        const int Going = 50;
        await SpendAsync(BookPlay.Call());
        using var leave = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 10_000).Select(i => SpendAsync(BookPlay.Listing(i), leave.Token)).ToList();
        await _time.RunAsync(Task.WhenAll(calls.Take(Going)));
        Assert.InRange(_ledger.Looks, 2 * Going, 10 * Going);
        await leave.CancelAsync();
        // While the last of those that were waited for came to its end, the clock went on, and others may have gone: as many as may be on their way.
        var others = await Task.WhenAll(calls.Skip(Going).Select(async c => await Record.ExceptionAsync(() => c)));
        Assert.InRange(others.Count(e => e is null), 0, 3);
        Assert.All(others.OfType<Exception>(), e => Assert.IsAssignableFrom<OperationCanceledException>(e));
    }

    [Fact]
    public async Task Leaving_the_queue_leaves_nothing_behind()
    {
        await SpendAsync(BookPlay.Listing(7));
        using var leave = new CancellationTokenSource();
        var waiting = _budget.AcquireAsync(BookPlay.Listing(7), s_day, leave.Token);
        await _time.TimerSetAsync();
        Assert.Single((await _budget.SnapshotAsync()).Waiting);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _ledger.UntilAsync(snapshot => snapshot.Waiting.Count == 0);
        Assert.Equal(1, (await _budget.SnapshotAsync()).Users.Sum(u => u.LastHour));
    }

    [Fact]
    public async Task A_permit_that_comes_as_its_caller_leaves_is_given_back()
    {
        await SpendAsync(BookPlay.Listing(7));
        using var leave = new CancellationTokenSource();
        var waiting = _budget.AcquireAsync(BookPlay.Listing(7), s_day, leave.Token);
        _time.Advance(TimeSpan.FromSeconds(15));
        await _time.TimerSetAsync();
        _time.Advance(TimeSpan.FromSeconds(14.9));
        _ledger.AfterNext = leave.Cancel;
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await _ledger.UntilAsync(snapshot => snapshot.Waiting.Count == 0 && snapshot.Users.All(u => u.InFlight == 0));
        Assert.Equal(0, Assert.Single((await _budget.SnapshotAsync()).Rules, r => r.Name == "folder listing").Used);
    }

    [Fact]
    public async Task Zero_never_waits()
    {
        Assert.NotNull(await _budget.AcquireAsync(BookPlay.Call(), TimeSpan.Zero));
        await Assert.ThrowsAsync<FichierFloodException>(() => _budget.AcquireAsync(BookPlay.Call(), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_wait_known_to_be_too_long_is_refused_at_once_and_says_until_when()
    {
        await SpendAsync(BookPlay.Listing(7));
        var e = await Assert.ThrowsAsync<FichierFloodException>(() => _budget.AcquireAsync(BookPlay.Listing(7), TimeSpan.FromSeconds(29)));
        Assert.Equal(_time.GetUtcNow().AddSeconds(30), e.RetryAt);
        Assert.Equal("file/ls of folder 7 has to wait until 12:00:30 (30 s), longer than the 29 s it may: the service allows one listing of a folder per 30 s.", e.Message);
    }

    [Fact]
    public async Task A_place_too_far_back_in_the_queue_is_refused_at_once()
    {
        await SpendAsync(BookPlay.Call());
        var waiting = Enumerable.Range(0, 100).Select(_ => SpendAsync(BookPlay.Call())).ToList();
        await Assert.ThrowsAsync<FichierFloodException>(() => _budget.AcquireAsync(BookPlay.Call(), TimeSpan.FromSeconds(30)));
        await _time.RunAsync(Task.WhenAll(waiting));
    }

    [Fact]
    public async Task A_lock_that_lasts_too_long_fails_those_who_wait_already()
    {
        var first = await _budget.AcquireAsync(BookPlay.Call(), s_day);
        var waiting = _budget.AcquireAsync(BookPlay.Call(), TimeSpan.FromMinutes(10));
        await _budget.CompleteAsync(first, BudgetOutcome.Refused(new("IP Locked #186", TimeSpan.FromHours(1))));
        var e = await Assert.ThrowsAsync<FichierFloodException>(() => waiting);
        Assert.Equal("IP Locked #186", e.ServiceText);
        Assert.Equal(_time.GetUtcNow().AddHours(1), e.RetryAt);
    }

    [Fact]
    public async Task A_permit_given_back_goes_to_the_next_at_once()
    {
        var first = await _budget.AcquireAsync(BookPlay.Listing(7), s_day);
        var next = _budget.AcquireAsync(BookPlay.Listing(7), s_day);
        var before = _time.Elapsed;
        await _budget.CompleteAsync(first, BudgetOutcome.NotSent);
        await next;
        Assert.Equal(before, _time.Elapsed);
    }

    [Fact]
    public async Task A_long_wait_is_told_once_for_all_who_wait_behind_it()
    {
        await SpendAsync(BookPlay.Listing(7));
        var waiting = Enumerable.Range(0, 5).Select(_ => SpendAsync(BookPlay.Listing(7))).ToList();
        await _time.RunAsync(waiting[0]);
        var wait = _waits.First();
        Assert.Equal((30, "the service allows one listing of a folder per 30 s"), (wait.Wait.TotalSeconds, wait.Why));
        Assert.Single(_waits, w => w.Until == wait.Until);
        await _time.RunAsync(Task.WhenAll(waiting));
    }

    [Fact]
    public async Task A_short_wait_is_not_worth_a_word()
    {
        await _time.RunAsync(Task.WhenAll(SpendAsync(BookPlay.Call()), SpendAsync(BookPlay.Call())));
        Assert.Empty(_waits);
    }

    [Fact]
    public async Task A_ledger_that_fails_fails_the_call_and_not_the_budget()
    {
        _ledger.Failure = new FichierException("newer");
        await Assert.ThrowsAsync<FichierException>(() => _budget.AcquireAsync(BookPlay.Call(), s_day));
        _ledger.Failure = null;
        await SpendAsync(BookPlay.Call());
    }

    private async Task<BudgetPermit> SpendAsync(ApiCall call, CancellationToken cancellationToken = default)
    {
        var permit = await _budget.AcquireAsync(call, s_day, cancellationToken);
        await _budget.CompleteAsync(permit, BudgetOutcome.Done, CancellationToken.None);
        return permit;
    }

    private sealed class Listener(ConcurrentQueue<BudgetWait> waits) : IProgress<BudgetWait>
    {
        public void Report(BudgetWait value) => waits.Enqueue(value);
    }
}
