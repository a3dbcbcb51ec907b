using OneFichier.Server.Jobs;
using OneFichier.Server.Store;

namespace OneFichier.Server.Tests.Jobs;

public sealed class MonthOfRuns : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fichier-jobs-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>By the clock in Paris: 02:30 is 01:30 UTC in winter, 00:30 in summer; on the day clocks go forth it is 03:00, which is 01:00 UTC; on the day they go back the first of the two.</summary>
    [Theory]
    [InlineData(2026, 3, 15, 29, 90, 60, 30, 20260315)]
    [InlineData(2026, 10, 10, 25, 30, 30, 90, 20261010)]
    public async Task Each_due_run_of_a_month_happens_once_across_restarts_the_change_of_clocks_and_a_calendar_that_is_set_back(int year, int month, int first, int change, int before, int on, int after, int seed)
    {
        var random = new Random(seed);
        var begin = new DateTimeOffset(year, month, first, 12, 0, 0, TimeSpan.Zero);
        var time = new LeapingTime(begin);
        await using var node = new PlayedNode(() => new SqliteJobDatabase(Path.Combine(_folder.FullName, "jobs.db")), time);
        await node.StartAsync();
        await node.Store.AddAsync(Job("nightly", "30 2 * * *", "Europe/Paris", begin), CancellationToken.None);
        await node.Store.AddAsync(Job("six-hourly", "15 */6 * * *", "UTC", begin), CancellationToken.None);

        var days = Enumerable.Range(1, 31).Select(n => begin.UtcDateTime.Date.AddDays(n)).ToList();
        var changeDay = new DateTime(year, month, change);
        var due = days.Select(d => ("nightly", new DateTimeOffset(d, TimeSpan.Zero).AddMinutes(d < changeDay ? before : d == changeDay ? on : after)))
            .Concat(days.SelectMany(d => Enumerable.Range(0, 4).Select(n => ("six-hourly", new DateTimeOffset(d, TimeSpan.Zero).AddMinutes(15 + (n * 360))))))
            .Concat([("six-hourly", begin.AddMinutes(15)), ("six-hourly", begin.AddHours(6).AddMinutes(15))])
            .OrderBy(d => d.Item2).ToList();
        var expected = new List<(string, DateTimeOffset)>();
        var setBack = 0;
        for (var i = 0; i < due.Count; i++)
        {
            var missed = random.Next(8) == 0 ? random.Next(1, 9) : 0;
            if (missed == 0)
            {
                expected.Add(due[i]);
                await node.PassAsync(due[i].Item2.AddSeconds(random.Next(0, 20)));
                if (random.Next(6) == 0)
                {
                    await node.SetBackAsync(TimeSpan.FromHours(++setBack % 2 == 0 ? 24 : 1));
                    await node.PassAsync(time.GetUtcNow().AddMinutes(random.Next(0, 40)));
                }

                continue;
            }

            await node.StopAsync();
            var slept = due.Skip(i).Take(missed).ToList();
            expected.AddRange(slept.DistinctBy(d => d.Item1));
            i += slept.Count - 1;
            time.LeapTo(slept[^1].Item2.AddSeconds(30));
            await node.StartAsync();
            await node.PassAsync(time.GetUtcNow().AddSeconds(1));
        }

        Assert.True(expected.Order().SequenceEqual(node.Runs.Order()), $"seed {seed}: {string.Join(", ", expected.Except(node.Runs).Concat(node.Runs.Except(expected)))}, {expected.Count} expected, {node.Runs.Count} happened");
        Assert.True(expected.Count < due.Count);
        Assert.True(setBack > 4, $"seed {seed}: set back {setBack} times");
        var records = await node.Store.RunsAsync("nightly", 100, CancellationToken.None);
        Assert.Equal(node.Runs.Count(r => r.Job == "nightly"), records.Count);
        Assert.All(records, r => Assert.Equal((RunState.Done, 1, 0, 1L), (r.State, r.Attempt, r.ExitCode, r.Figures!.Requests)));
    }

    [Fact]
    public async Task A_calendar_that_is_set_back_repeats_nothing()
    {
        var begin = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var time = new LeapingTime(begin);
        await using var node = new PlayedNode(() => new SqliteJobDatabase(Path.Combine(_folder.FullName, "jobs.db")), time);
        await node.StartAsync();
        await node.Store.AddAsync(Job("nightly", "0 2 * * *", "UTC", begin), CancellationToken.None);
        await node.PassAsync(begin.AddHours(2));
        await node.PassAsync(begin.AddHours(1));
        await node.PassAsync(begin.AddHours(3));
        await node.StopAsync();
        await node.StartAsync();
        await node.PassAsync(begin.AddHours(26));
        Assert.Equal([("nightly", begin.AddHours(2)), ("nightly", begin.AddHours(26))], node.Runs);
    }

    private static JobDefinition Job(string name, string cron, string zone, DateTimeOffset now) => new() { Name = name, Command = ["version"], Cron = cron, TimeZone = zone, Created = now };
}
