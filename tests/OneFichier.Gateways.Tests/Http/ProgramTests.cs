using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.Http;

/// <summary>curl, wget and rclone's http backend, as people run them.</summary>
public sealed class ProgramTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private HttpStage? _stage;

    [Fact]
    public async Task Rclone_copies_a_tree_with_its_times()
    {
        var rclone = SystemProgram.Require("rclone", "rclone");
        await TreeAsync();
        await RunAsync(rclone, "copy", $":http,url='{WithUser()}':", _folder["back"], "--config", "/dev/null", "--retries", "1");

        Assert.Equal("one", File.ReadAllText(_folder["back/a b & c/per%41cent #1?.txt"]));
        Assert.Equal("two", File.ReadAllText(_folder["back/deep/é日本.txt"]));
        Assert.Equal(3_000_000, new FileInfo(_folder["back/big.bin"]).Length);
        Assert.Equal(HttpStage.Changed.UtcDateTime, File.GetLastWriteTimeUtc(_folder["back/big.bin"]));
        Assert.Equal(3, Directory.GetFiles(_folder["back"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task Wget_mirrors_a_tree_and_goes_on_where_it_stopped()
    {
        var wget = SystemProgram.Require("wget", "wget");
        var stage = await TreeAsync();
        _folder.Write("big.bin", new byte[1_000_000].Select((_, n) => (byte)(n * 31 / 7)).ToArray());
        await RunAsync(wget, "-q", "-c", "--auth-no-challenge", $"--user={stage.Gateway.User}", $"--password={stage.Gateway.Secret}", $"{stage.Url}big.bin");
        Assert.Equal(Big(), File.ReadAllBytes(_folder["big.bin"]));

        await RunAsync(wget, "-q", "-r", "-np", "-nH", "-P", "mirror", "-R", "*sort=*", "--auth-no-challenge", $"--user={stage.Gateway.User}", $"--password={stage.Gateway.Secret}", stage.Url.ToString());
        Assert.Equal("two", File.ReadAllText(_folder["mirror/deep/é日本.txt"]));
        Assert.Equal(Big(), File.ReadAllBytes(_folder["mirror/big.bin"]));
    }

    [Fact]
    public async Task Curl_takes_parts_resumes_and_downloads_under_the_name()
    {
        var curl = SystemProgram.Require("curl", "curl");
        var stage = await TreeAsync();
        _folder.Write("part.bin", Big().AsSpan(0, 1000));
        Assert.Equal("206", await CurlAsync("-C", "-", "-o", "part.bin", $"{stage.Url}big.bin"));
        Assert.Equal(Big(), File.ReadAllBytes(_folder["part.bin"]));
        Assert.Equal("206", await CurlAsync("-r", "0-9,100-109", "-o", "parts.txt", $"{stage.Url}big.bin"));
        Assert.Equal(2, File.ReadAllText(_folder["parts.txt"], System.Text.Encoding.Latin1).Split("Content-Range: bytes ").Length - 1);
        Assert.Equal("200", await CurlAsync("-OJ", $"{stage.Url}big.bin?download"));
        Assert.Equal("304", await CurlAsync("-z", "Fri, 01 May 2026 10:00:00 GMT", $"{stage.Url}big.bin"));
        Assert.Equal("200", await CurlAsync("-L", "-o", "stable.bin", new Uri(stage.Url, await stage.StableUrlAsync("", "big.bin")).AbsoluteUri));
        Assert.Equal(Big(), File.ReadAllBytes(_folder["stable.bin"]));

        async Task<string> CurlAsync(params string[] arguments) =>
            (await SystemProgram.RunAsync(curl, ["-sS", "-w", "%{http_code}", "-u", $"{stage.Gateway.User}:{stage.Gateway.Secret}", .. arguments], _folder.Path)).Text.Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is not null)
            await _stage.DisposeAsync();
        _folder.Dispose();
    }

    private static byte[] Big() => [.. Enumerable.Range(0, 3_000_000).Select(n => (byte)(n * 31 / 7))];

    private async Task<HttpStage> TreeAsync()
    {
        _stage = await HttpStage.StartAsync();
        await _stage.PutAsync("a b & c/per%41cent #1?.txt", "one");
        await _stage.PutAsync("deep/é日本.txt", "two");
        var big = Big();
        await _stage.Volume.PutAsync([new(Drive.VolumePath.Parse("big.bin"), big.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(big))) { ModTime = HttpStage.Changed }]);
        return _stage;
    }

    private string WithUser() => new UriBuilder(_stage!.Url) { UserName = _stage.Gateway.User, Password = _stage.Gateway.Secret }.Uri.AbsoluteUri;

    private async Task RunAsync(string program, params string[] arguments)
    {
        var (exit, text) = await SystemProgram.RunAsync(program, arguments, _folder.Path);
        Assert.True(exit == 0, text);
    }
}
