using System.Text.Json;
using OneFichier.Sandbox.Tests.Kit;

namespace OneFichier.Sandbox.Tests;

public sealed class AccountTests
{
    [Theory]
    [InlineData(ScalarForm.Text, JsonValueKind.String)]
    [InlineData(ScalarForm.Number, JsonValueKind.Number)]
    public async Task Flags_are_strings_or_numbers(ScalarForm form, JsonValueKind kind)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { UserFlags = form });
        var info = await service.CallAsync("user/info");
        Assert.All(["offer", "cdn", "2fa", "mail_rm", "use_cdn"], f => Assert.Equal(kind, info[f]!.GetValueKind()));
        Assert.Equal(JsonValueKind.Number, info["cold_storage"]!.GetValueKind());
    }

    [Theory]
    [InlineData(false, 900)]
    [InlineData(true, 1000)]
    public async Task Storage_adds_up(bool total, long available)
    {
        await using var service = await Service.StartAsync(new SandboxBehaviours { AvailableIsTotal = total });
        service.Control.SetQuota(1000);
        service.Control.AddGeneratedFile("x", 100);
        var info = await service.CallAsync("user/info");
        Assert.Equal((100L, 1000L, available), ((long)info["cold_storage"]!, (long)info["allowed_cold_storage"]!, (long)info["available_cold_storage"]!));
    }

    [Fact]
    public async Task Settings_are_kept()
    {
        await using var service = await Service.StartAsync();
        await service.CallAsync("user/info", new { use_cdn = 1, ftp_did = 12 });
        var info = await service.CallAsync("user/info");
        Assert.Equal(("1", 12), ((string?)info["use_cdn"], (int)info["ftp_did"]!));
    }

    [Fact]
    public async Task A_free_member_manages_but_does_not_download()
    {
        await using var service = await Service.StartAsync();
        service.Control.SetOffer(SandboxOffer.Free);
        var url = service.Control.AddFile("x", [1]);
        Assert.StartsWith("Must be a customer", await service.RefusedAsync("download/get_token", new { url }), StringComparison.Ordinal);
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls"))["status"]);
        service.Control.Behaviours = service.Control.Behaviours with { FreeMayManage = false };
        await service.RefusedAsync("file/ls");
        Assert.NotNull((await service.CallAsync("upload/get_upload_server"))["id"]);
    }

    [Fact]
    public async Task Keys_are_rotated_and_accounts_locked()
    {
        await using var service = await Service.StartAsync();
        const string second = "second-key=000000000000000000000";
        service.Control.AddKey(second);
        service.Control.DisableKey(SandboxOptions.DefaultKey);
        Assert.StartsWith("No such user", await service.RefusedAsync("file/ls"), StringComparison.Ordinal);
        Assert.Equal("OK", (string?)(await service.CallAsync("file/ls", null, second))["status"]);
        service.Control.LockAccount(true);
        Assert.StartsWith("No such user", await service.RefusedAsync("file/ls", null, second), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => service.Control.AddKey("short"));
    }

    [Fact]
    public async Task A_locked_owners_file_says_so_to_others()
    {
        await using var service = await TwoMembers.StartAsync();
        var url = service.Control.AddFile("x", [1], TwoMembers.Other);
        service.Control.LockAccount(true, TwoMembers.Other);
        Assert.StartsWith("Owner locked", await service.RefusedAsync("download/get_token", new { url }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remote_uploads_vouchers_and_ftp_logins_are_on_record()
    {
        await using var service = await Service.StartAsync();
        var asked = await service.CallAsync("remote/request", new { urls = new[] { "https://example.invalid/x" } });
        Assert.Equal("https://example.invalid/x", (string?)(await service.CallAsync("remote/info", new { id = (long)asked["id"]! }))["links"]![0]);
        Assert.Single((await service.CallAsync("remote/ls"))["data"]!.AsArray());

        var voucher = (string)(await service.CallAsync("vouchers/ls"))["data"]![0]!["voucher"]!;
        Assert.Equal(32, voucher.Length);
        Assert.NotNull((await service.CallAsync("vouchers/check", new { voucher }))["service"]);
        Assert.Equal("OK", (string?)(await service.CallAsync("vouchers/use", new { voucher, user_email = SandboxAccount.Default.Email }))["status"]);

        await service.CallAsync("ftp/users/add", new { user = "u", pass = "p" });
        Assert.Equal("u", (string?)(await service.CallAsync("ftp/users/ls"))["data"]![0]!["user"]);
        await service.CallAsync("ftp/users/rm", new { user = "u" });
        await service.RefusedAsync("ftp/users/rm", new { user = "u" });
        Assert.Equal("OK", (string?)(await service.CallAsync("ftp/process"))["status"]);
    }
}
