using System.Diagnostics;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

/// <summary>A running <c>fichier worker</c>.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly Process _process;

    private Worker(Process process, string node) => (_process, Node) = (process, node);

    public string Node { get; }

    public static async Task<Worker> StartAsync(Desk desk)
    {
        var process = desk.Start("worker", "--json");
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var line = await process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.True(line is not null, $"the worker ended: {(line is null ? await process.StandardError.ReadToEndAsync(limit.Token) : "")}");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var started = JsonDocument.Parse(line!);
        return new Worker(process, started.RootElement.GetProperty("node").GetString()!);
    }

    /// <summary>As kill -9, which asks nobody.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>As systemd stops it.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();

        _process.Dispose();
    }
}
