using System.Text.Json.Nodes;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class UploadTests
{
    private const string HelloChecksum = "0a894ff039da399d5a72116b3665cd952abc8a9ffe37bfae4eae4d5381c5102b237c27e88b03f71c516e08ffa1cc9de9eac55d7d3abd38ea56220018f006a2c5";

    [Fact]
    public async Task A_file_goes_up_is_listed_and_comes_back()
    {
        await using var service = await Service.StartAsync();
        var links = await service.UploadAsync("hello.txt", Service.Bytes("Hello world\n"));
        var link = Assert.Single(links)!;
        Assert.Equal("12", (string?)link["size"]);
        Assert.Equal(HelloChecksum, (string?)link["whirlpool"]);
        Assert.Equal("", (string?)link["remove"]);
        Assert.Matches(@"\Ahttps://1fichier\.com/\?[a-z0-9]{20}\z", (string?)link["download"]);

        var listing = await service.CallAsync("file/ls", new { folder_id = 0 });
        var item = Assert.Single(listing["items"]!.AsArray())!;
        Assert.Equal((string?)link["download"], (string?)item["url"]);
        Assert.Equal(HelloChecksum, (string?)item["checksum"]);
        Assert.Equal(12, (long)item["size"]!);

        using var download = await service.GetAsync(await service.TokenAsync((string)link["download"]!));
        Assert.Equal("Hello world\n", await Service.TextAsync(download));
        Assert.Equal(1, (int)listing["count"]!);
    }
}
