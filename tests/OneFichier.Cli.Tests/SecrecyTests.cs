using System.Net;
using System.Net.Sockets;
using System.Text;
using OneFichier.Sandbox;

namespace OneFichier.Cli.Tests;

public sealed class SecrecyTests
{
    private const string Key = SandboxOptions.DefaultKey;

    [Fact]
    public async Task Neither_logs_nor_errors_at_any_verbosity_show_the_key()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var log = Path.Combine(desk.Home, "log.json");
        var asJson = await desk.RunAsync("key", "check", "-vvv", "--log-file", log, "--log-format", "json");
        var failed = await desk.RunAsync("api", "file/info", "-f", "url=" + Key, "-vvv", "--log-file", log);
        Assert.DoesNotContain(Key, asJson.Out + asJson.Error + failed.Out + failed.Error + await File.ReadAllTextAsync(log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(log));
    }

    [Theory]
    [InlineData("plain", "sandbox-key-0000000000000000000_")]
    [InlineData("in other case", "SANDBOX-KEY-0000000000000000000_")]
    [InlineData("in credentials", "Basic dTpzYW5kYm94LWtleS0wMDAwMDAwMDAwMDAwMDAwMDAwXw==")]
    [InlineData("in a bearer header", "Authorization: Bearer abcdefgh12345678abcdefgh12345678")]
    public async Task What_a_server_throws_back_is_masked_in_errors(string form, string echoed)
    {
        using var server = new EchoServer($$"""{"status":"KO","message":"You sent {{echoed}} here"}""");
        await using var desk = Desk.Alone().With("FICHIER_API_BASE", server.Base).With("FICHIER_API_KEY", Key);
        foreach (var json in (string[][])[[], ["--json"]])
        {
            var outcome = await desk.RunAsync(["api", "file/info", "-vv", .. json]);
            Assert.True(outcome.Error.Contains("You sent", StringComparison.Ordinal), outcome.Error);
            var secret = echoed.Split(' ')[^1];
            Assert.False(outcome.Error.Contains(secret, StringComparison.OrdinalIgnoreCase), form);
            Assert.DoesNotContain(secret[^20..^4], outcome.Error);
        }
    }

    [Fact]
    public async Task The_list_of_processes_never_shows_the_key()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc to look at");
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_API_KEY", null);
        var key = $"{Guid.NewGuid():N}";
        desk.Control.AddKey(key);
        using var process = desk.Start("login", "--name", "work");
        await process.StandardInput.WriteAsync(key);
        process.StandardInput.Close();
        var end = Desk.EndAsync(process);
        while (!end.IsCompleted)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
                Assert.DoesNotContain(key, CommandLineOf(folder));
        }

        (await end).Done();
    }

    private static string CommandLineOf(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Answers every request with the same JSON.</summary>
    private sealed class EchoServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public EchoServer(string answer)
        {
            _listener.Start();
            _ = ServeAsync(Encoding.UTF8.GetBytes(answer));
        }

        public string Base => $"http://{_listener.LocalEndpoint}/v1";

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(byte[] answer)
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                Assert.NotEqual(0, await stream.ReadAsync(new byte[8192]));
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(answer);
            }
        }
    }
}
