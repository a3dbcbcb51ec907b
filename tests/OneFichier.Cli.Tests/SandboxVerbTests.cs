using System.Diagnostics;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

public sealed class SandboxVerbTests
{
    [Fact]
    public async Task It_says_where_it_listens_serves_and_ends_cleanly_on_SIGTERM()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals to send");
        await using var desk = Desk.Alone();
        using var process = desk.Start("sandbox", "--json", "--data", Path.Combine(desk.Home, "data"));
        var listening = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
        Assert.Equal(("listening", "sandbox"), (listening.GetProperty("type").GetString(), listening.GetProperty("face").GetString()));
        Assert.Equal($"listening on {listening.GetProperty("url").GetString()}", await process.StandardError.ReadLineAsync());
        Assert.Equal($"export FICHIER_API_BASE={listening.GetProperty("apiBase").GetString()}", await process.StandardError.ReadLineAsync());

        desk.With("FICHIER_API_BASE", listening.GetProperty("apiBase").GetString()).With("FICHIER_API_KEY", listening.GetProperty("key").GetString());
        (await desk.RunAsync("mkdir", "1f:kept")).Done();
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]))
            await kill.WaitForExitAsync();

        Assert.Equal(0, (await Desk.EndAsync(process)).Code);
    }

    [Fact]
    public async Task With_tls_it_prints_what_points_other_programs_at_it()
    {
        await using var desk = Desk.Alone();
        using var process = desk.Start("sandbox", "--tls", "--json");
        var listening = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
        var outcome = await desk.ShellAsync($"curl -s -o answer -w '%{{http_code}}' --proxy {listening.GetProperty("proxy").GetString()} --cacert {listening.GetProperty("certificate").GetString()} https://1fichier.com/");
        Assert.SkipWhen(outcome.Code == 127, "curl is not installed");
        Assert.Equal(0, outcome.Code);
        process.Kill();
    }
}
