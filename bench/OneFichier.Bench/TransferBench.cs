using System.Text;
using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>One large file up and down over TLS: processor time and memory of fichier, rclone and curl in one run.</summary>
internal static class TransferBench
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var size = args.Contains("--small") ? 128L << 20 : 1L << 30;
        await using var bed = await Bed.MakeAsync(SandboxLimits.None);
        var file = bed.RandomFile("large.bin", size);
        var environment = bed.Environment();
        var contenders = Contenders(bed, file, environment);
        var costs = contenders.ToDictionary(c => c.Name, _ => new List<Cost>(), StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
            foreach (var (name, run) in contenders)
                costs[name].Add(run(round));
        return Publish.Report("transfer", Write(costs, size), args);
    }

    private static List<(string Name, Func<int, Cost> Run)> Contenders(Bed bed, string file, Dictionary<string, string> environment)
    {
        var down = bed.Scratch("down");
        return
        [
            ("up: fichier put", n => ChildRun.Run(bed.Fichier, ["put", file, $"1f:up{n}"], environment)),
            ("up: rclone copy", n => ChildRun.Run("rclone", ["copy", file, $"f:rup{n}"], environment)),
            ("up: curl", n => Curl(bed, file, environment)),
            ("down: fichier get", n => Fresh(down, () => ChildRun.Run(bed.Fichier, ["get", $"1f:up{n}/large.bin", down], environment))),
            ("down: rclone copy", n => Fresh(down, () => ChildRun.Run("rclone", ["copy", $"f:rup{n}/large.bin", down], environment))),
            ("down: curl", n => Fresh(down, () => CurlDown(bed, down, environment))),
        ];
    }

    private static Cost Curl(Bed bed, string file, Dictionary<string, string> environment)
    {
        using var client = new FichierClient(new FichierOptions { Key = ApiKey.Parse(SandboxOptions.DefaultKey), ApiBase = bed.Sandbox.ApiBase });
        var node = client.Uploads.GetNodeAsync().GetAwaiter().GetResult();
        return ChildRun.Run("curl", ["-sS", "--fail", "-H", $"Authorization: Bearer {SandboxOptions.DefaultKey}", "-F", "did=0", "-F", $"file[]=@{file}", $"https://up2.1fichier.com/upload.cgi?id={node.Id}", "-o", "/dev/null", "--cacert", environment["SSL_CERT_FILE"]], environment);
    }

    private static Cost CurlDown(Bed bed, string down, Dictionary<string, string> environment)
    {
        using var client = new FichierClient(new FichierOptions { Key = ApiKey.Parse(SandboxOptions.DefaultKey), ApiBase = bed.Sandbox.ApiBase });
        var file = bed.Sandbox.Control.Tree().Files.First(f => f.Name == "large.bin");
        var link = client.Downloads.GetLinkAsync(FileLink.Parse(file.Url)).GetAwaiter().GetResult();
        return ChildRun.Run("curl", ["-sS", "--fail", $"https://a-4.1fichier.com{link.Url.AbsolutePath}", "-o", Path.Combine(down, "large.bin"), "--cacert", environment["SSL_CERT_FILE"]], environment);
    }

    private static Cost Fresh(string folder, Func<Cost> run)
    {
        foreach (var left in Directory.GetFiles(folder))
            File.Delete(left);
        return run();
    }

    private static string Write(Dictionary<string, List<Cost>> costs, long size)
    {
        var text = new StringBuilder("# One large file\n\n")
            .Append($"{size >> 20} MiB of random bytes up and down over TLS against the sandbox, median of {Rounds}, interleaved in one run. Processor seconds are what\n")
            .Append("the system charged the program alone; rclone and fichier compute and compare the Whirlpool checksum, curl computes none.\n\n")
            .Append("| | processor s per GiB | of rclone's | peak memory MiB |\n|---|---:|---:|---:|\n");
        foreach (var (name, runs) in costs)
        {
            var reference = costs[name.StartsWith("up", StringComparison.Ordinal) ? "up: rclone copy" : "down: rclone copy"];
            text.Append($"| {name} | {Median(runs) / size * (1L << 30):F2} | {Median(runs) / Median(reference):F3} | {runs.Max(r => r.PeakKiB) / 1024} |\n");
        }

        return text.Append("\nRun again: `dotnet run -c Release --project bench/OneFichier.Bench -- transfer --write`\n").ToString();
    }

    private static double Median(List<Cost> runs) => runs.Select(r => r.CpuSeconds).Order().ElementAt(runs.Count / 2);
}
