using OneFichier.Drive.Access;
using OneFichier.Server.Audit;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Audit;

public sealed class ReadCoalescerTests
{
    private static readonly AccessCaller Caller = new("t", "tv", "http", "::1");

    private readonly ManualTime _time = new();
    private readonly Keeper _kept = new();

    [Fact]
    public async Task A_film_read_in_a_thousand_ranges_is_two_records()
    {
        await using var log = new ReadCoalescer(_kept, _time);
        for (var n = 0; n < 1000; n++)
        {
            await log.RecordAsync([Of(AccessVerb.Open)]);
            await log.RecordAsync([Of(AccessVerb.Read) with { Bytes = 1_000 }]);
            _time.Advance(TimeSpan.FromSeconds(7));
        }

        Assert.Equal(["open "], _kept.Lines);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(["open ", "read 1000000"], _kept.Lines);
    }

    [Fact]
    public async Task What_is_held_back_is_written_at_the_end()
    {
        await using (var log = new ReadCoalescer(_kept, _time))
        {
            await log.RecordAsync([Of(AccessVerb.Open)]);
            await log.RecordAsync([Of(AccessVerb.Read) with { Bytes = 5 }]);
        }

        Assert.Equal(["open ", "read 5"], _kept.Lines);
    }

    [Fact]
    public async Task Everything_else_and_every_refusal_goes_through_at_once()
    {
        await using var log = new ReadCoalescer(_kept, _time);
        await log.RecordAsync([Of(AccessVerb.Put), Of(AccessVerb.Open), Of(AccessVerb.Open) with { Outcome = AccessOutcome.Refused }, Of(AccessVerb.Open) with { Caller = Caller with { From = "::2" } }]);
        Assert.Equal(["put ", "open ", "open ", "open "], _kept.Lines);
    }

    private static AccessRecord Of(string verb) => new(Caller, verb, "/film.mkv");

    private sealed class Keeper : IAccessLog
    {
        public List<string> Lines { get; } = [];

        public ValueTask RecordAsync(IReadOnlyList<AccessRecord> records)
        {
            Lines.AddRange(records.Select(r => $"{r.Verb} {r.Bytes}"));
            return ValueTask.CompletedTask;
        }
    }
}
