using System.Diagnostics;
using System.Text.Json;
using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>Five hundred direct links under the documented limits, interrupted and begun again, beside a loop of curl that keeps the pace and knows the page links already.</summary>
internal static class LinksBench
{
    private const int Files = 500;
    private const int InterruptedAfter = 200;

    public static async Task<int> RunAsync(string[] args)
    {
        var ours = await WithServiceAsync((_, environment) => OursAsync(environment));
        var curl = await WithServiceAsync(CurlAsync);
        return Publish.Report("links", $"""
            # Five hundred direct links

            {Files} files of one folder of the played service with its documented limits. `fichier url 1f:` is interrupted by Ctrl-C after {InterruptedAfter} links and begun again. The other is a loop of curl, as in many scripts: a
            `get_token` every 400 ms for page links it knows beforehand, ended after as many and begun again. rclone has no verb for direct links, so it is no peer.

            | | requests to the API | of them refused for flooding | links at the end |
            |---|---:|---:|---:|
            | fichier url | {ours.Requests} | {ours.Floods} | {ours.Links} |
            | a loop of curl | {curl.Requests} | {curl.Floods} | {curl.Links} |

            It is to stay within {Files + 1} requests, one listing and one for each link, without a lock.

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- links --write`

            """, args);
    }

    private static async Task<Count> WithServiceAsync(Func<SandboxServer, IReadOnlyDictionary<string, string>, Task<int>> work)
    {
        var home = Directory.CreateTempSubdirectory("fichier-bench-").FullName;
        await using var service = await SandboxServer.StartAsync(new SandboxOptions { Limits = SandboxLimits.Documented });
        service.Control.Seed(new SandboxSeed { Files = Files });
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FICHIER_API_BASE"] = service.ApiBase.ToString(),
            ["FICHIER_API_KEY"] = SandboxOptions.DefaultKey,
            ["XDG_STATE_HOME"] = Path.Combine(home, "state"),
            ["XDG_CONFIG_HOME"] = Path.Combine(home, "config"),
            ["XDG_CACHE_HOME"] = Path.Combine(home, "cache"),
        };
        var links = await work(service, environment);
        Directory.Delete(home, recursive: true);
        return new Count(service.Control.Counters.Api, service.Control.Counters.Floods, links);
    }

    private static async Task<int> OursAsync(IReadOnlyDictionary<string, string> environment)
    {
        var program = Publish.Program();
        using (var first = Start(program, ["url", "1f:"], environment))
        {
            for (var line = 0; line < InterruptedAfter; line++)
                await first.StandardOutput.ReadLineAsync();
            using (var interrupt = Process.Start("kill", ["-INT", $"{first.Id}"]))
                await interrupt.WaitForExitAsync();
            await first.StandardOutput.ReadToEndAsync();
            await first.WaitForExitAsync();
        }

        using var second = Start(program, ["url", "1f:", "--json"], environment);
        return JsonDocument.Parse(await second.StandardOutput.ReadToEndAsync()).RootElement.GetArrayLength();
    }

    private static async Task<int> CurlAsync(SandboxServer service, IReadOnlyDictionary<string, string> environment)
    {
        var pages = service.Control.Tree().Files.Select(f => f.Url).ToList();
        _ = await LoopAsync(pages.Take(InterruptedAfter), environment);
        return await LoopAsync(pages, environment);
    }

    private static async Task<int> LoopAsync(IEnumerable<string> pages, IReadOnlyDictionary<string, string> environment)
    {
        const string Script = """while read -r u; do curl -s "$FICHIER_API_BASE/download/get_token.cgi" -H "Authorization: Bearer $FICHIER_API_KEY" -H 'Content-Type: application/json' -d "{\"url\":\"$u\"}"; echo; sleep 0.4; done""";
        using var loop = Start("bash", ["-c", Script], environment);
        await loop.StandardInput.WriteAsync(string.Concat(pages.Select(p => p + "\n")));
        loop.StandardInput.Close();
        return (await loop.StandardOutput.ReadToEndAsync()).Split('\n').Count(l => l.Contains("/p", StringComparison.Ordinal));
    }

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private sealed record Count(long Requests, long Floods, int Links);
}
