using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

/// <summary>The service, as strict as it may be: a call can count at any moment between its start and its answer.</summary>
public sealed class BudgetPropertyTests
{
    private const int Eager = 6;
    private static readonly string[] s_endpoints = ["file/ls", "folder/ls", "file/rm", "user/info", "download/get_token"];

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.8)]
    [InlineData(6)]
    public void No_window_ever_holds_more_calls_than_its_rule_allows(double slowestAnswer)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var arrivals = Play(new Random(seed), slowestAnswer, s_endpoints);
            foreach (var rule in BudgetRules.Documented)
                AssertKept(rule, arrivals, seed);
        }
    }

    [Fact]
    public void The_budget_is_used_and_not_only_saved()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var arrivals = Play(new Random(seed), 0.01, ["file/rm", "download/get_token"]);
            var span = arrivals.Max(a => a.Time) - arrivals.Min(a => a.Time);
            Assert.True(arrivals.Count / span.TotalSeconds > 2.3, $"seed {seed}: {arrivals.Count} calls in {span}");
        }
    }

    private static void AssertKept(BudgetRule rule, List<Arrival> arrivals, int seed)
    {
        var purses = arrivals.Where(a => rule.Covers(a.Call.Endpoint, a.Call.Folder)).GroupBy(a => rule.PerFolder ? a.Call.Folder ?? FolderId.Root : default);
        foreach (var purse in purses)
        {
            var times = purse.Select(a => rule.FromResponse ? a.Time : a.Started).Order().ToList();
            for (var i = rule.Limit; i < times.Count; i++)
                Assert.True(times[i] - times[i - rule.Limit] >= rule.Window, $"seed {seed}: {rule.Name} broken at {times[i]}");
        }
    }

    private static List<Arrival> Play(Random random, double slowestAnswer, string[] endpoints)
    {
        var play = new BookPlay();
        var (arrivals, inFlight, queue) = (new List<Arrival>(), new PriorityQueue<BudgetPermit, double>(), Demand(random, endpoints));
        while (queue.Count > 0 && arrivals.Count < 250)
        {
            var wake = double.MaxValue;
            foreach (var call in queue.Take(Eager).ToList())
            {
                var decision = play.Book.TryAcquire(call, random.Next(2) == 0 ? BookPlay.Me : BookPlay.Other, play.Now);
                if (decision.IsGranted)
                {
                    queue.Remove(call);
                    var answered = play.Seconds + (random.NextDouble() * slowestAnswer);
                    var counted = play.Seconds + (random.NextDouble() * (answered - play.Seconds));
                    arrivals.Add(new(call, play.Now.Elapsed, BookPlay.At(counted).Elapsed));
                    inFlight.Enqueue(decision.Permit, answered);
                }
                else
                {
                    wake = Math.Min(wake, BookPlay.SecondsOf(decision.Refusal) + 1e-6);
                }
            }

            var answer = inFlight.TryPeek(out _, out var at) ? at : double.MaxValue;
            play.Seconds = Math.Max(Math.Min(answer, wake), play.Seconds);
            while (inFlight.TryPeek(out _, out at) && at <= play.Seconds)
                play.Answer(inFlight.Dequeue());
        }

        return arrivals;
    }

    private static List<ApiCall> Demand(Random random, string[] endpoints) =>
        [.. Enumerable.Range(0, 300).Select(_ =>
        {
            var endpoint = endpoints[random.Next(endpoints.Length)];
            FolderId? folder = endpoint.EndsWith("/ls", StringComparison.Ordinal) ? new FolderId(random.Next(-1, 25)) : null;
            return new ApiCall(endpoint, folder, (CallPriority)random.Next(2));
        })];

    private sealed record Arrival(ApiCall Call, TimeSpan Started, TimeSpan Time);
}
