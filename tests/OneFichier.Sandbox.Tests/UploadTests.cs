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

    [Theory]
    [InlineData("", "19fa61d75522a4669b44e39c1d2e1726c530232130d407f89afee0964997f7a73e83be698b288febcf88e3e03c4f0757ea8964e59b63d93708b138cc42a66eb3")]
    [InlineData("a", "8aca2602792aec6f11a67206531fb7d7f0dff59413145e6973c45001d0087b42d11bc645413aeff63a42391a39145a591a92200d560195e53b478584fdae231a")]
    [InlineData("abc", "4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5")]
    public async Task Checksums_are_the_final_Whirlpool(string content, string checksum)
    {
        await using var service = await Service.StartAsync();
        service.Control.AddFile("x", Service.Bytes(content));
        Assert.Equal(checksum, Assert.Single(service.Control.Tree().Files).Checksum);
    }

    [Fact]
    public async Task One_upload_takes_many_files_into_one_folder()
    {
        await using var service = await Service.StartAsync();
        var folder = service.Control.AddFolder("to");
        using var posted = await service.PostAsync(Enumerable.Range(0, 500).Select(i => ($"{i}.txt", new[] { (byte)i, (byte)(i >> 8) })), folder);
        Assert.Equal(500, (await service.ReportAsync(posted)).Count);
        Assert.Equal(500, service.Control.Tree().Files.Count(f => f.FolderId == folder));
        using var tooMany = await service.PostAsync(Enumerable.Range(0, 501).Select(i => ($"{i}", new byte[] { 1 })), folder);
        Assert.Contains("<div class=\"bloc2\">Trop de fichiers", await Service.TextAsync(tooMany), StringComparison.Ordinal);
        Assert.Equal(500, service.Control.Tree().Files.Count);
    }

    [Fact]
    public async Task A_wrong_folder_means_the_root_and_nobody_says_so()
    {
        await using var service = await Service.StartAsync();
        Assert.Single(await service.UploadAsync("x.txt", [1], 424242));
        Assert.Equal(0, Assert.Single(service.Control.Tree().Files).FolderId);
    }

    [Fact]
    public async Task The_same_name_again_is_a_second_file_and_is_noticed()
    {
        await using var service = await Service.StartAsync();
        await service.UploadAsync("x.txt", [1]);
        await service.UploadAsync("x.txt", [2]);
        Assert.Equal(0, service.Control.Counters.SentTwice);
        await service.UploadAsync("x.txt", [2]);
        Assert.Equal(3, service.Control.Tree().Files.Select(f => f.Url).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1, service.Control.Counters.SentTwice);
    }

    [Theory]
    [InlineData("a/b/c.txt", "c.txt")]
    [InlineData("it's $5 <x>", "it_s _5 _x_")]
    [InlineData("日本語 ‛＇é.txt", "日本語 ‛＇é.txt")]
    [InlineData("!#%&()*+,-:;=?@[]^_{|}~.", "!#%&()*+,-:;=?@[]^_{|}~.")]
    public async Task Names_are_kept_as_the_service_keeps_them(string sent, string kept)
    {
        await using var service = await Service.StartAsync();
        await service.UploadAsync(sent, [1]);
        Assert.Equal(kept, Assert.Single(service.Control.Tree().Files).Name);
    }

    [Fact]
    public async Task An_id_works_once_and_only_if_it_was_given()
    {
        await using var service = await Service.StartAsync();
        var address = await service.UploadAddressAsync();
        foreach (var (url, status) in new[] { (address, 302), (address, 200), (address[..^10] + "AAAAAAAAAA", 200) })
        {
            using var content = new ByteArrayContent(Form("x", "1"));
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            using var response = await service.Http.PostAsync(url, content, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task A_guest_gets_a_removal_link_that_works()
    {
        await using var service = await Service.StartAsync();
        service.Key = null;
        var link = (await service.UploadAsync("x.txt", [1]))[0]!;
        Assert.Single(service.Control.GuestFiles);
        Assert.Empty(service.Control.Tree().Files);
        var removal = new Uri((string)link["remove"]!).PathAndQuery;
        using var question = await service.GetAsync(removal);
        Assert.Contains("force", await Service.TextAsync(question), StringComparison.Ordinal);
        Assert.Single(service.Control.GuestFiles);
        using var yes = new FormUrlEncodedContent([new("force", "1")]);
        using var deed = await service.Http.PostAsync(removal, yes, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)deed.StatusCode);
        Assert.Empty(service.Control.GuestFiles);
    }

    [Fact]
    public async Task A_guest_may_send_to_a_member()
    {
        await using var service = await Service.StartAsync();
        service.Key = null;
        var body = $"--b\r\nContent-Disposition: form-data; name=\"user\"\r\n\r\n{SandboxAccount.Default.Email}\r\n" + System.Text.Encoding.UTF8.GetString(Form("x.txt", "1"));
        using var posted = await service.PostRawAsync(Service.Bytes(body), "multipart/form-data; boundary=b");
        using var report = await service.EndAsync(posted.Headers.Location!, ("JSON", "1"));
        Assert.Equal(1, (int)JsonNode.Parse(await Service.TextAsync(report))!["incoming"]!);
        Assert.Equal(-2, Assert.Single(service.Control.Tree().Files).FolderId);
    }

    [Fact]
    public async Task Mail_and_password_are_as_good_as_a_key()
    {
        await using var service = await Service.StartAsync();
        service.Key = null;
        var member = SandboxAccount.Default;
        service.Http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Service.Bytes($"{member.Email}:{member.Password}")));
        using var posted = await service.PostAsync([("x.txt", [1])]);
        Assert.Equal(302, (int)posted.StatusCode);
        Assert.Single(service.Control.Tree().Files);
    }

    [Fact]
    public async Task Form_fields_set_the_password_and_the_domain()
    {
        await using var service = await Service.StartAsync();
        var body = "--b\r\nContent-Disposition: form-data; name=\"dpass\"\r\n\r\nsecret\r\n--b\r\nContent-Disposition: form-data; name=\"domain\"\r\n\r\n3\r\n" + System.Text.Encoding.UTF8.GetString(Form("x.txt", "1"));
        using var posted = await service.PostRawAsync(Service.Bytes(body), "multipart/form-data; boundary=b");
        Assert.StartsWith("https://desfichiers.com/?", (string?)(await service.ReportAsync(posted))[0]!["download"], StringComparison.Ordinal);
        Assert.Equal("secret", service.Control.Tree().Files[0].Password);
    }

    [Fact]
    public async Task Quotas_and_bans_refuse_an_upload()
    {
        await using var service = await Service.StartAsync();
        service.Control.SetQuota(3);
        using var over = await service.PostAsync([("x", [1, 2, 3, 4])]);
        Assert.Equal(200, (int)over.StatusCode);
        service.Control.SetQuota(100);
        service.Control.ForbidUploads(true);
        using var forbidden = await service.PostAsync([("x", [1])]);
        Assert.Equal(200, (int)forbidden.StatusCode);
        Assert.Empty(service.Control.Tree().Files);
    }

    [Theory]
    [InlineData(SandboxOffer.Premium, 302)]
    [InlineData(SandboxOffer.Free, 200)]
    public async Task The_largest_file_depends_on_the_offer(SandboxOffer offer, int status)
    {
        await using var service = await Service.StartAsync(new SandboxOptions { Limits = SandboxLimits.None with { BytesPerFile = 60 } });
        service.Control.SetOffer(offer);
        using var posted = await service.PostAsync([("x", new byte[11])]);
        Assert.Equal(status, (int)posted.StatusCode);
    }

    private static byte[] Form(string name, string content) => Service.Bytes(
        $"--b\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n");
}
