using System.Diagnostics;
using System.Text.Json;

namespace OneFichier.Testing;

/// <summary>The real restic on one repository, with a home and a cache of its own.</summary>
/// <param name="repository">Where the repository is, as restic writes it.</param>
/// <param name="home">A folder for what restic keeps; not its own to remove.</param>
public sealed class ResticClient(string repository, string home)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether there is a restic on this machine.</summary>
    public static bool IsHere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "restic")));

    /// <summary>Where it is.</summary>
    public string Repository => repository;

    /// <summary>Runs it to its end.</summary>
    public async Task<ResticRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new ResticRun(process.ExitCode, texts[0], texts[1]);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Runs it to a good end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<ResticRun> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync(arguments);
        return run.Exit == 0 ? run : throw new InvalidOperationException($"restic {string.Join(' ', arguments)}: exit {run.Exit}\n{run.Output}\n{run.Error}");
    }

    /// <summary>Starts a backup at a bounded rate and returns once so many bytes were read of what it is to save.</summary>
    public async Task<Process> BackupUntilAsync(long bytes, int kilobytesPerSecond, params string[] arguments)
    {
        var process = Start(["--limit-upload", kilobytesPerSecond.ToString(), "--json", "backup", .. arguments]);
        using var limit = new CancellationTokenSource(Patience);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            using var status = JsonDocument.Parse(line);
            if (status.RootElement.TryGetProperty("bytes_done", out var done) && done.GetInt64() >= bytes)
                return process;
        }

        throw new InvalidOperationException("restic ended before it was half-way: " + await process.StandardError.ReadToEndAsync(limit.Token));
    }

    /// <summary>Starts it and leaves it running. Packs are of the smallest size, so that there are several.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("restic", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["RESTIC_REPOSITORY"] = repository,
            ["RESTIC_PASSWORD"] = "of the repository",
            ["RESTIC_CACHE_DIR"] = Path.Combine(home, "cache"),
            ["RESTIC_PACK_SIZE"] = "4",
            ["NO_PROXY"] = "127.0.0.1",
        })
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>A tree to be saved: many small files, some large, and content that no compression makes smaller.</summary>
    public static string NewTree(string folder, int seed, int megabytes)
    {
        var random = new Random(seed);
        Directory.CreateDirectory(Path.Combine(folder, "sub", "deeper"));
        for (var n = 0; n < 30; n++)
            File.WriteAllText(Path.Combine(folder, "sub", $"{n}.txt"), $"{seed} {n}");
        for (var n = 0; n < megabytes; n++)
        {
            var content = new byte[1 << 20];
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, "sub", "deeper", $"{n}.bin"), content);
        }

        return folder;
    }
}

/// <summary>How a run of restic ended.</summary>
public sealed record ResticRun(int Exit, string Output, string Error)
{
    /// <summary>All it said.</summary>
    public string Text => Output + Error;
}
