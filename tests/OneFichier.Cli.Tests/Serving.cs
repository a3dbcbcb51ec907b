using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OneFichier.Cli.Tests;

/// <summary>The program, serving.</summary>
internal sealed class Serving(Process process, string url, string announced) : IDisposable
{
    public string Url => url;

    public string Announced => announced;

    public static async Task<Serving> StartAsync(Desk desk, params string[] arguments)
    {
        var process = desk.Start(["serve", .. arguments, "--addr", "127.0.0.1:0", "--json"]);
        var listening = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
        Assert.Equal(("listening", arguments[0] == "all" ? "webdav" : arguments[0]), (listening.GetProperty("type").GetString(), listening.GetProperty("face").GetString()));
        var announced = "";
        while (!announced.StartsWith("listening", StringComparison.Ordinal))
            announced = (await process.StandardError.ReadLineAsync())!;
        return new Serving(process, listening.GetProperty("url").GetString()!, announced);
    }

    public HttpClient ClientOf(string user, string secret)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url + "/") };
        if (user.Length > 0)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));
        return client;
    }

    public async Task<Outcome> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]))
            await kill.WaitForExitAsync();
        return await Desk.EndAsync(process);
    }

    /// <summary>Ends it as a loss of power would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
