using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>curl, as scripts use it.</summary>
public sealed class CurlTests
{
    [Fact]
    public async Task Uploads_of_known_and_unknown_length_come_back_whole_and_in_ranges()
    {
        var curl = SystemProgram.Require("curl", "curl");
        await using var stage = await DavStage.StartAsync();
        using var folder = new TempFolder();
        folder.Write("in.bin", [.. Enumerable.Range(0, 500_000).Select(n => (byte)(n % 251))]);

        Assert.Equal("201", await CurlAsync("-T", "in.bin", $"{stage.Url}known.bin"));
        Assert.Equal("201", await CurlAsync("-T", "in.bin", "-H", "Transfer-Encoding: chunked", $"{stage.Url}unknown.bin"));
        Assert.Equal("204", await CurlAsync("-T", "in.bin", $"{stage.Url}known.bin"));
        Assert.Equal("200", await CurlAsync("-o", "out.bin", $"{stage.Url}known.bin"));
        Assert.Equal("206", await CurlAsync("-o", "part.bin", "-r", "1000-1999", $"{stage.Url}unknown.bin"));
        Assert.Equal("201", await CurlAsync("-X", "MOVE", "-H", $"Destination: {stage.Url}moved.bin", $"{stage.Url}unknown.bin"));
        Assert.Equal("207", await CurlAsync("-X", "PROPFIND", "-H", "Depth: 1", "-o", "list.xml", stage.Url.ToString()));

        var bytes = File.ReadAllBytes(folder["in.bin"]);
        Assert.Equal(bytes, File.ReadAllBytes(folder["out.bin"]));
        Assert.Equal(bytes[1000..2000], File.ReadAllBytes(folder["part.bin"]));
        Assert.Contains("/moved.bin<", File.ReadAllText(folder["list.xml"]), StringComparison.Ordinal);

        async Task<string> CurlAsync(params string[] arguments)
        {
            var (_, text) = await SystemProgram.RunAsync(
                curl, ["-sS", "-w", "%{http_code}", "-u", $"{stage.Gateway.User}:{stage.Gateway.Secret}", .. arguments], folder.Path);
            return text.Trim();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("%2e")]
    [InlineData("%2E%2e/")]
    [InlineData("./")]
    [InlineData("a/..")]
    [InlineData("a/../")]
    [InlineData("%2f")]
    [InlineData("?x")]
    public async Task Deleting_the_root_never_removes_it_however_it_is_written(string root)
    {
        var curl = SystemProgram.Require("curl", "curl");
        await using var stage = await DavStage.StartAsync();
        await stage.PutAsync("a/kept.txt", "kept");
        using var folder = new TempFolder();

        var (_, text) = await SystemProgram.RunAsync(
            curl, ["-sS", "--path-as-is", "-o", "/dev/null", "-w", "%{http_code}", "-X", "DELETE", "-u", $"{stage.Gateway.User}:{stage.Gateway.Secret}", stage.Url + root], folder.Path);

        Assert.Contains(text.Trim(), new List<string> { "400", "403", "405" });
        Assert.Equal("kept", await stage.ReadAsync("a/kept.txt"));
    }
}
