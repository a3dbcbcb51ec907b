using System.Text;

namespace OneFichier.Bench;

/// <summary>The Markdown table: each contender's median speed and its ratio to the references of the same run.</summary>
internal static class WhirlpoolReport
{
    public static string Write(IReadOnlyList<(string Name, double Speed)> results, IReadOnlyList<string> missing)
    {
        var references = results.Where(result => !result.Name.StartsWith("fichier", StringComparison.Ordinal)).ToList();
        var text = new StringBuilder()
            .AppendLine("# Whirlpool").AppendLine()
            .AppendLine($"Processor: {ProcessorName()}. {WhirlpoolBench.Size >> 20} MiB of random bytes, one thread, median of {WhirlpoolBench.Rounds},")
            .AppendLine("interleaved in one run, by processor time. Absolute figures drift with the machine's other guests;")
            .AppendLine("with busy neighbours on the same cores vector code was seen to lose a quarter and a little more against table code.").AppendLine()
            .AppendLine(Row(["", "MB/s", .. references.Select(reference => $"x {reference.Name}")]))
            .AppendLine(Row(["---", .. Enumerable.Repeat("---:", references.Count + 1)]));
        foreach (var (name, speed) in results)
            text.AppendLine(Row([name, $"{speed:F0}", .. references.Select(reference => $"{speed / reference.Speed:F2}")]));
        foreach (var reason in missing)
            text.AppendLine().AppendLine($"Not compared: {reason}");
        return text.AppendLine().AppendLine("Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- whirlpool --write`").ToString();
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string ProcessorName() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
}
