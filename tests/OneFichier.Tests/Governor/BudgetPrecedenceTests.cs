using OneFichier.Governor;
using static OneFichier.Tests.Governor.BookPlay;

namespace OneFichier.Tests.Governor;

public sealed class BudgetPrecedenceTests
{
    private static readonly ApiCall s_bulk = Call(CallPriority.Background);

    private readonly BookPlay _play = new();

    [Fact]
    public void A_background_call_steps_back_for_an_interactive_one_of_another_process()
    {
        _play.Spend(Call());
        Await(Other, Call());
        _play.Seconds = 0.4;
        var refusal = _play.Refuse(s_bulk);
        Assert.Equal((BudgetReason.Courtesy, 0.8), (refusal.Reason, SecondsOf(refusal)));
        _play.Grant(Call(), Other);
    }

    [Fact]
    public void A_background_call_goes_when_it_delays_nobody()
    {
        _play.Spend(Listing(7));
        _play.Seconds = 1;
        Await(Other, Listing(7));
        _play.Spend(s_bulk);
        _play.Seconds = 29.8;
        Assert.Equal(BudgetReason.Courtesy, _play.Refuse(s_bulk).Reason);
    }

    [Fact]
    public void A_background_call_goes_once_nobody_waits()
    {
        _play.Spend(Call());
        Await(Other, Call());
        _play.Seconds = 0.4;
        _play.Book.Wait(Other, [], _play.Now);
        _play.Spend(s_bulk);
    }

    [Fact]
    public void A_waiter_that_does_not_come_when_its_turn_is_loses_precedence()
    {
        _play.Spend(Call());
        Await(Other, Call());
        _play.Seconds = 2.3;
        _play.Refuse(s_bulk);
        _play.Seconds = 2.5;
        _play.Spend(s_bulk);
    }

    [Fact]
    public void A_waiter_whose_process_died_vanishes()
    {
        _play.Spend(Call());
        Await(Other, Call());
        _play.Seconds = 0.4;
        _play.Book.Bury((owner, _) => owner == Other, _play.Now);
        _play.Spend(s_bulk);
        Assert.Empty(_play.Book.Snapshot(_play.Now).Waiting);
    }

    [Fact]
    public void A_waiter_not_heard_of_for_a_minute_vanishes()
    {
        _play.Spend(new("file/ls", FolderId.WholeAccount));
        _play.Seconds = 1;
        Await(Other, new("file/ls", FolderId.WholeAccount));
        _play.Seconds = 62;
        Assert.Empty(_play.Book.Snapshot(_play.Now).Waiting);
    }

    [Fact]
    public void A_waiting_background_call_holds_nobody_back()
    {
        _play.Spend(Call());
        Await(Other, s_bulk);
        _play.Seconds = 0.4;
        _play.Spend(s_bulk);
    }

    [Fact]
    public void The_call_in_flight_of_a_dead_process_counts_as_finished_when_it_started()
    {
        _play.Grant(Listing(7), Other);
        _play.Seconds = 20;
        Assert.Equal(50, SecondsOf(_play.Refuse(Listing(7))));
        _play.Book.Bury((owner, silence) => owner == Other && silence == TimeSpan.FromSeconds(20), _play.Now);
        Assert.Equal(30, SecondsOf(_play.Refuse(Listing(7))));
    }

    [Fact]
    public void The_snapshot_tells_who_spent_who_waits_and_what_is_left()
    {
        _play.Grant(Listing(7));
        _play.Seconds = 1;
        var refusal = _play.Refuse(Listing(7), Other);
        _play.Book.Wait(Other, [(Listing(7), refusal, 4)], _play.Now);
        var snapshot = _play.Book.Snapshot(_play.Now);
        var listing = Assert.Single(snapshot.Rules, r => r.Name == "folder listing");
        Assert.Equal((1, 1, TimeSpan.FromSeconds(30), At(31).Wall), (listing.Limit, listing.Used, listing.Window, listing.FreeAt));
        Assert.Null(Assert.Single(snapshot.Rules, r => r.Name == "pace").FreeAt);
        Assert.Equal(new BudgetUser(1, "one", 1, 1, At(0).Wall), snapshot.Users[0]);
        Assert.Equal(new BudgetWaiter(2, "two", Listing(7), 4, At(31).Wall) { Why = refusal.Why }, Assert.Single(snapshot.Waiting));
    }

    private void Await(BudgetOwner owner, ApiCall call) => _play.Book.Wait(owner, [(call, RefusalOf(call), 1)], _play.Now);

    private BudgetRefusal RefusalOf(ApiCall call) =>
        _play.Book.TryAcquire(call, Other, _play.Now) is { IsGranted: false, Refusal: var refusal }
            ? refusal
            : throw new InvalidOperationException("The call must have to wait.");
}
