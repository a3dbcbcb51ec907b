using System.Text;
using OneFichier.Drive.Crypt.Primitives;

namespace OneFichier.Bench;

/// <summary>Encrypting and decrypting beside rclone's crypt: boxes in memory, and one large file each way between folders held in memory.</summary>
internal static class CryptBench
{
    private const int FileSize = 256 << 20;
    private const int Rounds = 5;
    private const int BoxedPerRound = 128 << 20;
    private const string Password = "bench";

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var bed = new CryptBed(FileSize, Password);
        var boxes = Boxes();
        var files = await FilesAsync(bed);
        var report = Report(boxes, files, bed.Rclone);
        Console.Write(report);
        if (arguments.Contains("--write"))
            await File.WriteAllTextAsync(Path.Combine(WhirlpoolBench.RepositoryRoot(), "bench/results/crypt.md"), report);
        return 0;
    }

    private static List<(string Name, double Seal, double Open)> Boxes()
    {
        var (key, nonce, message) = (new byte[32], new byte[24], new byte[64 << 10]);
        var (box, opened) = (new byte[message.Length + SecretBox.Overhead], new byte[message.Length]);
        return [.. Enum.GetValues<SalsaImplementation>().Where(i => i != SalsaImplementation.Auto && i.IsSupported()).Select(i => (
            i.ToString(),
            Speed(() => SecretBox.Seal(key, nonce, message, box, i), message.Length),
            Speed(() => SecretBox.TryOpen(key, nonce, box, opened, i), message.Length)))];
    }

    private static double Speed(Action act, int bytes)
    {
        var times = BoxedPerRound / bytes;
        var speeds = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var n = 0; n < times; n++)
                act();
            speeds.Add(times * (double)bytes / 1e6 / (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return Median(speeds.Skip(1));
    }

    /// <summary>Processor seconds a file of that size costs, each side without its start.</summary>
    private static async Task<List<(string Name, double Ours, double Rclone)>> FilesAsync(CryptBed bed)
    {
        var costs = new Dictionary<string, (List<double> Ours, List<double> Rclone)>(StringComparer.Ordinal);
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (name, ours, rclone) in bed.Races)
            {
                var before = Environment.CpuUsage.TotalTime;
                await ours();
                var own = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                var theirs = rclone();
                if (round == 0)
                    costs[name] = ([], []);
                else
                    costs[name].Ours.Add(own);
                if (round > 0)
                    costs[name].Rclone.Add(theirs);
            }
        }

        return [.. costs.Select(c => (c.Key, Median(c.Value.Ours), Median(c.Value.Rclone)))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Report(List<(string Name, double Seal, double Open)> boxes, List<(string Name, double Ours, double Rclone)> files, string rclone)
    {
        var text = new StringBuilder()
            .AppendLine("# Encryption").AppendLine()
            .AppendLine($"One file of {FileSize >> 20} MiB between two folders in memory, median of {Rounds} interleaved in one run, in processor seconds of the whole work. The start of rclone and its derivation of keys")
            .AppendLine("(a run with an empty file) are taken off its side; ours runs warm. Below, boxes of 64 KiB by the implementations this processor has. Ratios count; seconds drift with the machine's other guests.").AppendLine()
            .AppendLine($"| one file | fichier | {rclone} | rclone / fichier |").AppendLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, ours, theirs) in files)
            text.AppendLine($"| {name} | {ours:F2} s | {theirs:F2} s | {theirs / ours:F2} |");
        text.AppendLine().AppendLine("| boxes | seal MB/s | open MB/s | seal x Portable |").AppendLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, seal, open) in boxes)
            text.AppendLine($"| {name} | {seal:F0} | {open:F0} | {seal / boxes[0].Seal:F2} |");
        return text.AppendLine().AppendLine("Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- crypt --write`").ToString();
    }
}
