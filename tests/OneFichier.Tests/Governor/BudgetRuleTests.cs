using OneFichier.Governor;
using static OneFichier.Tests.Governor.BookPlay;

namespace OneFichier.Tests.Governor;

public sealed class BudgetRuleTests
{
    private readonly BookPlay _play = new();

    [Fact]
    public void The_first_call_goes_at_once()
    {
        Assert.Null(_play.Book.WhyNobody(_play.Now));
        Assert.False(_play.Grant(Call()).IsProbe);
    }

    [Fact]
    public void Calls_start_four_hundred_milliseconds_apart()
    {
        _play.Spend(Call());
        Assert.Equal(0.4, SecondsOf(_play.Refuse(Call())));
        _play.Seconds = 0.4;
        _play.Spend(Call());
    }

    [Fact]
    public void A_place_of_the_three_a_second_is_taken_until_a_second_after_the_answer()
    {
        var first = _play.Grant(Call());
        foreach (var start in new[] { 0.4, 0.8 })
        {
            _play.Seconds = start;
            _play.Grant(Call());
        }

        _play.Seconds = 1.2;
        Assert.Equal(2.2, SecondsOf(_play.Refuse(Call())));
        _play.Seconds = 1.5;
        _play.Answer(first);
        Assert.Equal(2.5, SecondsOf(_play.Refuse(Call())));
        _play.Seconds = 2.5;
        _play.Grant(Call());
    }

    [Fact]
    public void One_folder_is_listed_once_in_thirty_seconds_by_either_endpoint()
    {
        _play.Spend(Listing(7));
        _play.Seconds = 10;
        var refusal = _play.Refuse(new("folder/ls", new FolderId(7)));
        Assert.Equal(30, SecondsOf(refusal));
        Assert.Contains("one listing of a folder per 30 s", refusal.Why, StringComparison.Ordinal);
        Assert.False(refusal.ConcernsEverything);
        _play.Spend(Listing(8));
    }

    [Fact]
    public void A_listing_without_a_folder_is_one_of_the_root()
    {
        _play.Spend(new("folder/ls"));
        _play.Seconds = 1;
        Assert.Equal(30, SecondsOf(_play.Refuse(Listing(0))));
    }

    [Fact]
    public void The_whole_account_is_listed_once_an_hour()
    {
        _play.Spend(new("file/ls", FolderId.WholeAccount));
        _play.Seconds = 1800;
        Assert.Equal(3600, SecondsOf(_play.Refuse(new("file/ls", FolderId.WholeAccount))));
        _play.Spend(Listing(7));
    }

    [Fact]
    public void The_account_page_is_looked_at_once_in_five_minutes()
    {
        _play.Spend(new("user/info"));
        _play.Seconds = 61;
        Assert.Equal(300, SecondsOf(_play.Refuse(new("user/info"))));
        _play.Seconds = 300;
        _play.Spend(new("user/info"));
    }

    [Fact]
    public void A_permit_given_back_was_never_spent()
    {
        _play.Book.Complete(_play.Grant(Listing(7)), BudgetOutcome.NotSent, _play.Now);
        _play.Spend(Listing(7));
    }

    [Fact]
    public void Settling_twice_or_settling_an_unknown_permit_is_no_error()
    {
        var permit = _play.Grant(Call());
        _play.Answer(permit);
        _play.Seconds = 5000;
        _play.Answer(permit);
        _play.Answer(new(12345, Call(), false));
        _play.Grant(Call());
    }

    [Fact]
    public void A_book_that_starts_again_fears_that_everything_was_just_spent()
    {
        var book = BudgetBook.StartAgain(BudgetRules.Documented, At(0));
        Assert.Equal(1, SecondsOf(book.TryAcquire(Call(), Me, At(0)).Refusal!));
        Assert.Equal(30, SecondsOf(book.TryAcquire(Listing(7), Me, At(2)).Refusal!));
        Assert.Equal(3600, SecondsOf(book.TryAcquire(new("file/ls", FolderId.WholeAccount), Me, At(60)).Refusal!));
        Assert.True(book.TryAcquire(Call(), Me, At(2)).IsGranted);
    }

    [Fact]
    public void A_book_survives_being_written_and_read()
    {
        _play.Spend(Listing(7));
        _play.Seconds = 1;
        _play.Answer(_play.Grant(Call()), Flood());
        _play.Book.Wait(Other, [(Listing(9), _play.Refuse(Listing(9)), 3)], _play.Now);
        var json = _play.Book.Write();
        var read = BudgetBook.Read(json, BudgetRules.Documented);
        Assert.Equal(json, read.Write());
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(_play.Book.Snapshot(At(2))), System.Text.Json.JsonSerializer.Serialize(read.Snapshot(At(2))));
    }

    [Fact]
    public void A_book_in_use_for_a_day_stays_small()
    {
        for (var second = 0; second < 86_400; second += 20)
        {
            _play.Seconds = second;
            var owner = new BudgetOwner("here", second, second, "short", 1);
            _play.Answer(_play.Grant(Listing(second), owner));
        }

        Assert.InRange(_play.Book.Write().Length, 1, 16_384);
    }
}
