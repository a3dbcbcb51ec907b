using OneFichier.Governor;
using static OneFichier.Tests.Governor.BookPlay;

namespace OneFichier.Tests.Governor;

public sealed class BudgetLockTests
{
    private readonly BookPlay _play = new();

    [Fact]
    public void A_complaint_pauses_every_call_of_everybody()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 29.9;
        var refusal = _play.Refuse(Listing(7), Other);
        Assert.Equal((BudgetReason.Lock, 30d), (refusal.Reason, SecondsOf(refusal)));
        Assert.Equal("Flood detected: IP Locked #374", refusal.ServiceText);
        Assert.Contains("Flood detected", refusal.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_pause_one_call_goes_and_the_others_wait_for_its_answer()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 30;
        var probe = _play.Grant(Call());
        Assert.True(probe.IsProbe);
        _play.Seconds = 35;
        Assert.Equal(BudgetReason.Probe, _play.Refuse(Call(), Other).Reason);
        _play.Answer(probe);
        Assert.False(_play.Grant(Call(), Other).IsProbe);
        Assert.Empty(_play.Book.Snapshot(_play.Now).Locks);
    }

    [Fact]
    public void A_probe_given_back_leaves_the_place_to_the_next()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 30;
        _play.Book.Complete(_play.Grant(Call()), BudgetOutcome.NotSent, _play.Now);
        Assert.True(_play.Grant(Call(), Other).IsProbe);
    }

    [Fact]
    public void A_probe_whose_process_died_leaves_the_place_to_the_next()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 30;
        _play.Grant(Call());
        _play.Seconds = 31;
        _play.Book.Bury((owner, _) => owner == Me, _play.Now);
        Assert.True(_play.Grant(Call(), Other).IsProbe);
    }

    [Fact]
    public void Each_further_complaint_doubles_the_pause_up_to_an_hour()
    {
        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            _play.Answer(_play.Grant(Call()), Flood());
            var until = SecondsOf(_play.Refuse(Call()));
            pauses.Add(Math.Round(until - _play.Seconds, 3));
            _play.Seconds = until;
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], pauses);
    }

    [Fact]
    public void A_complaint_long_after_the_last_one_begins_anew()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 30;
        _play.Spend(Call());
        _play.Seconds = 30 + 601;
        _play.Answer(_play.Grant(Call()), Flood());
        Assert.Equal(_play.Seconds + 30, SecondsOf(_play.Refuse(Call())));
    }

    [Fact]
    public void Complaints_about_calls_that_were_already_under_way_count_once()
    {
        var first = _play.Grant(Call());
        _play.Seconds = 0.4;
        var second = _play.Grant(Call());
        _play.Answer(first, Flood());
        _play.Seconds = 0.5;
        _play.Answer(second, Flood());
        var held = Assert.Single(_play.Book.Snapshot(_play.Now).Locks);
        Assert.Equal(1, held.Strikes);
        Assert.Equal(30.5, SecondsOf(_play.Refuse(Call())));
        Assert.Equal(1.5, _play.Book.Snapshot(_play.Now).Slowness);
    }

    [Fact]
    public void A_good_answer_to_a_call_from_before_the_lock_does_not_end_it()
    {
        var early = _play.Grant(Call());
        _play.Seconds = 0.4;
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Answer(early);
        Assert.Equal(BudgetReason.Lock, _play.Refuse(Call()).Reason);
    }

    [Fact]
    public void The_pace_slows_with_each_complaint_and_recovers_within_ten_minutes()
    {
        var interval = () => Math.Round(_play.Book.Interval(_play.Now).TotalMilliseconds);
        var seen = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            _play.Answer(_play.Grant(Call()), Flood());
            seen.Add(interval());
            _play.Seconds = SecondsOf(_play.Refuse(Call()));
        }

        Assert.Equal([600, 900, 1350, 1600, 1600], seen);
        _play.Seconds += 300;
        Assert.Equal(1000, interval());
        _play.Seconds += 301;
        Assert.Equal(400, interval());
    }

    [Fact]
    public void A_slower_pace_is_kept()
    {
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Seconds = 30;
        _play.Spend(Call());
        Assert.InRange(SecondsOf(_play.Refuse(Call())), 30.599, 30.6);
    }

    [Fact]
    public void A_complaint_about_one_endpoint_pauses_that_one_alone()
    {
        _play.Answer(_play.Grant(new("user/info")), Flood(300) with { Endpoints = ["user/info"] });
        _play.Seconds = 1;
        _play.Spend(Call());
        Assert.Equal(300, SecondsOf(_play.Refuse(new("user/info"))));
        var snapshot = _play.Book.Snapshot(_play.Now);
        Assert.Equal(1, snapshot.Slowness);
        Assert.Equal(
            ["account info, address", "account info, user"],
            snapshot.Rules.Where(r => r.LockedUntil is not null).Select(r => r.Name));
    }

    [Fact]
    public void A_pause_the_service_names_may_be_longer_than_an_hour()
    {
        _play.Answer(_play.Grant(Call()), Flood(7200));
        Assert.Equal(7200, SecondsOf(_play.Refuse(Call())));
    }
}
