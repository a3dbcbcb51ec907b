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
        var rounds = args.Contains("--small") ? Rounds / 10 : Rounds;
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
            return Publish.Report("governor", $"""
                # What the governor costs

                Leave for one call and its settling, nothing in the way, a ledger of {size} bytes: two transactions. {rounds} times in one run, against one plain read
                and write of a file of that size.

                | | p50 | p99 | of a plain read and write |
                |---|---:|---:|---:|
                {Row("File.ReadAllBytes + WriteAllBytes", plain, plain)}
                {Row("acquire + complete, FileLedger", governed, plain)}
                {Row("acquire + complete, MemoryLedger", memory, plain)}

                Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- governor --write`

                """, args);
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

    private static string Row(string what, double[] times, double[] against)
    {
        var (median, late) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        return $"| {what} | {median:0} µs | {late:0} µs | {median / against[against.Length / 2]:0.00} |";
    }
}
