using System.Diagnostics;
using OneFichier.Governor;

namespace OneFichier.Bench;

/// <summary>What politeness costs: a free acquire and complete through the shared ledger, against reading and writing a file of the same size.</summary>
internal static class GovernorBench
{
    private const int Rounds = 5_000;

    private const int ListingsRemembered = 75;

    /// <summary>The documented rules, with those for every call never in the way. The book is as full as half a minute of listings makes it.</summary>
    private static readonly IReadOnlyList<BudgetRule> s_rules =
        [.. BudgetRules.Documented.Select(r => r.CoversEverything ? r with { Window = TimeSpan.FromTicks(1) } : r)];

    public static async Task<int> Run(string[] args)
    {
        var rounds = args.Length > 0 ? int.Parse(args[0]) : Rounds;
        var folder = Directory.CreateTempSubdirectory("fichier-bench-");
        try
        {
            var ledger = new FileLedger(folder.FullName, new() { Rules = s_rules });
            var budget = new RequestBudget(ledger);
            await FillAsync(budget);
            var size = (int)new FileInfo(ledger.Path).Length;
            var plain = await MeasureAsync(rounds, () => ReadAndWrite(Path.Combine(folder.FullName, "plain"), size));
            var governed = await MeasureAsync(rounds, () => SpendAsync(budget, new("file/rm")));
            var inMemory = new RequestBudget(new MemoryLedger(new() { Rules = s_rules }));
            await FillAsync(inMemory);
            var memory = await MeasureAsync(rounds, () => SpendAsync(inMemory, new("file/rm")));
            Report("File.ReadAllBytes + WriteAllBytes", plain, plain);
            Report("acquire + complete, FileLedger", governed, plain);
            Report("acquire + complete, MemoryLedger", memory, plain);
            Console.WriteLine($"ledger of {size} bytes, {rounds} rounds");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(RequestBudget budget)
    {
        for (var i = 0; i < ListingsRemembered; i++)
            await SpendAsync(budget, new("file/ls", new FolderId(3357645 + i)));
    }

    private static async Task SpendAsync(RequestBudget budget, ApiCall call) =>
        await budget.CompleteAsync(await budget.AcquireAsync(call, TimeSpan.FromMinutes(1)), BudgetOutcome.Done);

    private static async Task ReadAndWrite(string path, int size)
    {
        if (!File.Exists(path))
            await File.WriteAllBytesAsync(path, new byte[size]);
        File.WriteAllBytes(path, File.ReadAllBytes(path));
    }

    private static async Task<double[]> MeasureAsync(int rounds, Func<Task> work)
    {
        for (var i = 0; i < rounds / 10; i++)
            await work();
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static void Report(string what, double[] times, double[] against)
    {
        var (median, late) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        Console.WriteLine($"{what,-36} p50 {median,8:0.0} µs   p99 {late,8:0.0} µs   ratio {median / against[against.Length / 2],5:0.00}");
    }
}
