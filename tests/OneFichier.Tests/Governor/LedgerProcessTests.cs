using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using OneFichier.Governor;

namespace OneFichier.Tests.Governor;

/// <summary>Real processes, real clock; the assertions are of order and of upper bounds that hold on a machine of any speed.</summary>
public sealed class LedgerProcessTests : IDisposable
{
    private readonly StateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Several_processes_together_keep_to_the_limits()
    {
        using var one = await LedgerChild.StartAsync(_folder.Path, TestContext.Current.CancellationToken);
        using var two = await LedgerChild.StartAsync(_folder.Path, TestContext.Current.CancellationToken);
        var arrivals = new ConcurrentQueue<long>();
        await Task.WhenAll(AnswerAsync(one, 40, arrivals), AnswerAsync(two, 40, arrivals));
        var times = arrivals.Order().ToList();
        var api = LedgerChild.FastRules[1];
        for (var i = api.Limit; i < times.Count; i++)
            Assert.True(TimeProvider.System.GetElapsedTime(times[i - api.Limit], times[i]) >= api.Window, $"calls {i - api.Limit} to {i} came too close");
        Assert.Equal(80, times.Count);
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_call_leaves_the_ledger_free_and_no_call_in_flight()
    {
        using var child = await LedgerChild.StartAsync(_folder.Path, TestContext.Current.CancellationToken);
        await child.Line.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
        var budget = new RequestBudget(new FileLedger(_folder.Path, new() { Rules = LedgerChild.FastRules }));
        Assert.Equal(1, (await budget.SnapshotAsync()).Users.Single(u => u.Pid == child.Id).InFlight);
        child.Kill();
        Assert.Equal(0, (await budget.SnapshotAsync()).Users.Single(u => u.Pid == child.Id).InFlight);
        var permit = await budget.AcquireAsync(BookPlay.Call(), TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await budget.CompleteAsync(permit, BudgetOutcome.Done);
    }

    [Fact]
    public async Task Processes_killed_at_any_moment_never_damage_the_ledger()
    {
        for (var seed = 0; seed < 4; seed++)
        {
            using var child = await LedgerChild.StartAsync(_folder.Path, TestContext.Current.CancellationToken);
            await AnswerAsync(child, new Random(seed).Next(1, 12), []);
            child.Kill();
            var log = new CollectedLog();
            await new RequestBudget(new FileLedger(_folder.Path, new() { Rules = LedgerChild.FastRules, Logger = log })).SnapshotAsync();
            Assert.True(log.Warnings.IsEmpty, $"seed {seed}: {log.Warnings.FirstOrDefault()}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Spends_as_another_process_and_is_skipped_unless_a_test_starts_it()
    {
        if (Environment.GetEnvironmentVariable(LedgerChild.FolderVariable) is not { } folder)
            return;
        using var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable(LedgerChild.PortVariable)!));
        var budget = new RequestBudget(new FileLedger(folder, new() { Rules = LedgerChild.FastRules }));
        var stream = line.GetStream();
        var signal = new byte[1];
        while (true)
        {
            var permit = await budget.AcquireAsync(BookPlay.Call(), TimeSpan.FromMinutes(1));
            await stream.WriteAsync(signal);
            var read = await stream.ReadAsync(signal);
            await budget.CompleteAsync(permit, BudgetOutcome.Done);
            if (read == 0)
                return;
        }
    }

    private static async Task AnswerAsync(LedgerChild child, int calls, ConcurrentQueue<long> arrivals)
    {
        var signal = new byte[1];
        for (var i = 0; i < calls; i++)
        {
            await child.Line.ReadExactlyAsync(signal, TestContext.Current.CancellationToken);
            arrivals.Enqueue(TimeProvider.System.GetTimestamp());
            await child.Line.WriteAsync(signal, TestContext.Current.CancellationToken);
        }
    }
}
