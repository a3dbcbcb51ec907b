using OneFichier.Governor;
using OneFichier.Testing;
using static OneFichier.Tests.Governor.BookPlay;

namespace OneFichier.Tests.Governor;

public sealed class SparePriorityTests
{
    private static readonly ApiCall s_spare = Call(CallPriority.Spare);

    private readonly BookPlay _play = new();

    [Fact]
    public void Alone_it_may_use_all_of_the_budget()
    {
        for (var n = 0; n < 10; n++)
        {
            _play.Spend(s_spare);
            _play.Seconds += 0.5;
        }
    }

    [Fact]
    public void It_steps_back_for_a_background_call_of_another_process()
    {
        _play.Spend(Call());
        var refusal = _play.Refuse(Call(CallPriority.Background), Other);
        _play.Book.Wait(Other, [(Call(CallPriority.Background), refusal, 1)], _play.Now);
        _play.Seconds = 0.4;
        Assert.Equal(BudgetReason.Courtesy, _play.Refuse(s_spare).Reason);
        _play.Grant(Call(CallPriority.Background), Other);
    }

    [Theory]
    [InlineData(CallPriority.Interactive)]
    [InlineData(CallPriority.Background)]
    public void While_others_ask_it_takes_a_quarter_at_most_even_if_nobody_waits(CallPriority theirs)
    {
        var (ours, slots) = (0, 0);
        for (_play.Seconds = 0; _play.Seconds < 40; _play.Seconds += 0.5, slots++)
        {
            if (slots % 10 == 0)
                _play.Spend(Call(theirs));
            else if (_play.Book.TryAcquire(s_spare, Me, _play.Now) is { IsGranted: true } decision)
                ours += Settle(decision.Permit!);
        }

        Assert.InRange(ours, slots / 6, slots / 4);
    }

    [Fact]
    public void When_the_others_have_been_quiet_for_a_while_it_has_all_again()
    {
        _play.Spend(Call(), Other);
        _play.Seconds = 1;
        _play.Spend(s_spare);
        _play.Seconds = 2;
        var refusal = _play.Refuse(s_spare);
        Assert.Equal((BudgetReason.Courtesy, 2.6), (refusal.Reason, SecondsOf(refusal)));
        _play.Seconds = 10.2;
        _play.Spend(s_spare);
        _play.Seconds = 10.7;
        _play.Spend(s_spare);
    }

    [Fact]
    public async Task In_one_process_it_goes_last()
    {
        var time = new ManualTime();
        var budget = new RequestBudget(new MemoryLedger(new() { Time = time }), time);
        await SpendAsync(CallPriority.Interactive);
        CallPriority[] asked = [CallPriority.Spare, CallPriority.Background, CallPriority.Spare, CallPriority.Interactive];
        var permits = await time.RunAsync(Task.WhenAll(asked.Select(SpendAsync)));
        Assert.Equal([CallPriority.Interactive, CallPriority.Background, CallPriority.Spare, CallPriority.Spare], permits.OrderBy(p => p.Id).Select(p => p.Call.Priority));

        async Task<BudgetPermit> SpendAsync(CallPriority priority)
        {
            var permit = await budget.AcquireAsync(Call(priority), TimeSpan.FromHours(1));
            await budget.CompleteAsync(permit, BudgetOutcome.Done);
            return permit;
        }
    }

    [Fact]
    public void What_the_share_rests_on_survives_the_ledger()
    {
        _play.Spend(Call());
        _play.Seconds = 0.5;
        _play.Spend(s_spare);
        var read = BudgetBook.Read(_play.Book.Write(), BudgetRules.Documented);
        _play.Seconds = 1.2;
        Assert.Equal(BudgetReason.Courtesy, read.TryAcquire(s_spare, Me, _play.Now).Refusal!.Reason);
    }

    [Fact]
    public void A_client_of_another_priority_shares_the_budget_and_leaves_the_connections_open()
    {
        using var client = new FichierClient(new FichierOptions { Key = ApiKey.Parse("k".PadRight(32, 'k')), ApiBase = new Uri("http://127.0.0.1:9/"), Ledger = new MemoryLedger(new()) });
        using (var spare = client.WithPriority(CallPriority.Spare))
        {
            Assert.Same(client.Budget, spare.Budget);
            Assert.Equal((CallPriority.Spare, CallPriority.Interactive), (spare.Options.Priority, client.Options.Priority));
        }
    }

    private int Settle(BudgetPermit permit)
    {
        _play.Answer(permit);
        return 1;
    }
}
