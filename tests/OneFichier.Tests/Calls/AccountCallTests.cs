using OneFichier.Governor;
using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Calls;

/// <summary>The account page, remote uploads, vouchers, FTP and calls without a type.</summary>
public sealed class AccountCallTests
{
    [Theory]
    [InlineData(ScalarForm.Text, false)]
    [InlineData(ScalarForm.Number, true)]
    public async Task The_account_page_is_read_and_its_remaining_storage_understood(ScalarForm form, bool availableIsTotal)
    {
        await using var stage = await Stage.StartAsync(o => o with
        {
            Behaviours = new SandboxBehaviours { UserFlags = form, AvailableIsTotal = availableIsTotal },
            Accounts = [SandboxAccount.Default with { Offer = SandboxOffer.Gold, CdnCredits = 1.5, Quota = 1000 }],
        });
        stage.Control.AddFile("a", Pattern.Bytes(300));
        var account = await stage.Client.Account.GetAsync();
        Assert.Equal((AccountOffer.Gold, 1.5m, SandboxAccount.Default.Email, false), (account.Offer, account.CdnCredits, account.Email, account.OverQuota));
        Assert.Equal((300L, 1000L, 700L), (account.Storage.Cold, account.Storage.Allowed, account.Storage.Available));
    }

    [Fact]
    public async Task The_account_page_is_asked_for_once_in_five_minutes_by_all_who_share_a_folder()
    {
        await using var stage = await Stage.StartAsync(o => o with { Limits = SandboxLimits.Documented }, factor: 1);
        FichierOptions Shared(FichierOptions o) => o with { StateFolder = stage.Folder["state"] };
        using (var one = stage.Another(Shared))
        {
            Assert.Null(await one.Account.PeekAsync());
            await one.Account.GetAsync(TimeSpan.Zero);
            await one.Account.GetAsync(TimeSpan.Zero);
        }

        using (var other = stage.Another(Shared))
        {
            Assert.Equal(SandboxAccount.Default.Email, (await other.Account.GetAsync()).Email);
            Assert.NotNull(await other.Account.PeekAsync());
            Assert.Single(stage.Asked("user/info"));
            stage.Time.Skip(TimeSpan.FromMinutes(6));
            // The budget's own clock does not skip; without what it has written down it waits for nothing.
            File.Delete(stage.Folder["state/" + FileLedger.FileName]);
            await other.Account.GetAsync();
        }

        Assert.Equal(2, stage.Asked("user/info").Count);
        Assert.Equal(0, stage.Control.Counters.Floods);
    }

    [Fact]
    public async Task An_old_page_is_better_than_none_when_the_service_is_away()
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        var first = await stage.Client.Account.GetAsync();
        stage.Time.Skip(TimeSpan.FromMinutes(10));
        stage.Control.FailNext(FaultKind.Busy, "user/info", 100);
        Assert.Equal(first.AsOf, (await stage.Client.Account.GetAsync()).AsOf);
        stage.Control.DisableKey(SandboxOptions.DefaultKey);
        stage.Control.ResetFaults();
        await Assert.ThrowsAsync<FichierKeyException>(() => stage.Client.Account.GetAsync());
    }

    [Fact]
    public async Task Settings_are_changed_one_by_one_and_shown_at_once()
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        await stage.Client.Account.GetAsync();
        await stage.Client.Account.SetAsync(new AccountSettings { UseCdn = true, DefaultDomain = 3 });
        await stage.Client.Account.SetAsync(new AccountSettings { ManualFtp = true });
        var settings = (await stage.Client.Account.GetAsync()).Settings;
        Assert.Equal((true, 3, true, 50), (settings.UseCdn, settings.DefaultDomain, settings.ManualFtp, settings.PageLimit));
        Assert.DoesNotContain("download_menu", stage.Asked("user/info")[1].Body);
    }

    [Fact]
    public async Task Remote_uploads_are_ordered_listed_and_looked_at()
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        var order = await stage.Client.RemoteUploads.AddAsync([new Uri("https://example.com/a b.iso")], new FolderId(0), new Dictionary<string, string> { ["Cookie"] = "a=1" });
        Assert.Equal(order.Id, Assert.Single(await stage.Client.RemoteUploads.ListAsync()).Id);
        var details = await stage.Client.RemoteUploads.GetAsync(order.Id);
        Assert.Equal(["https://example.com/a%20b.iso"], details.Urls);
        Assert.DoesNotContain(details.Results, r => r.Done);
        Assert.Contains("\"headers\":{\"Cookie\":\"a=1\"}", stage.Asked("remote/request")[0].Body);
    }

    [Fact]
    public async Task Results_of_a_remote_upload_are_read()
    {
        using var client = new ScriptedHandler("""
            {"id":"5","request_date":"2026-01-01 00:00:00","execution_date":"2026-01-01 00:01:00","links":["https://x.example/a"],
             "result":[{"status":"OK","url":"https://x.example/a","download_link":"https://1fichier.com/?abcdefghij"},{"status":"KO","url":"https://x.example/b","message":"404"}]}
            """).Client();
        var details = await client.RemoteUploads.GetAsync(5);
        Assert.Equal((5L, true, "abcdefghij"), (details.Id, details.Results[0].Done, details.Results[0].Link!.Value.Id));
        Assert.Equal((false, "404"), (details.Results[1].Done, details.Results[1].Message));
        Assert.NotNull(details.Executed);
    }

    [Theory]
    [InlineData("Bad Name", "x", false)]
    [InlineData("Cookie", " x", false)]
    [InlineData("Cookie", "a;b", false)]
    [InlineData("X-Token", "a=1, b='2' \"3\"/%?", true)]
    public async Task Headers_the_service_would_refuse_are_refused_here(string name, string value, bool good)
    {
        Assert.Equal(good, RemoteUploadHeaders.Problem(name, value) is null);
        if (!good)
        {
            using var client = new ScriptedHandler("{}").Client();
            await Assert.ThrowsAsync<ArgumentException>(() => client.RemoteUploads.AddAsync([], default, new Dictionary<string, string> { [name] = value }));
        }
    }

    [Fact]
    public async Task Vouchers_are_listed_checked_and_spent()
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        var voucher = Assert.Single(await stage.Client.Vouchers.ListAsync());
        Assert.Equal(voucher, await stage.Client.Vouchers.CheckAsync(voucher.Code));
        await stage.Client.Vouchers.UseAsync(voucher.Code, SandboxAccount.Default.Email);
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.Vouchers.CheckAsync("none"));
    }

    [Fact]
    public async Task Ftp_users_come_and_go()
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        var folder = new FolderId(stage.Control.AddFolder("drop"));
        await stage.Client.Ftp.AddUserAsync("scanner", "password", folder);
        Assert.Equal(new FtpUser("scanner", folder), Assert.Single(await stage.Client.Ftp.ListUsersAsync()));
        await stage.Client.Ftp.ProcessAsync();
        await stage.Client.Ftp.RemoveUserAsync("scanner");
        Assert.Empty(await stage.Client.Ftp.ListUsersAsync());
    }

    [Theory]
    [InlineData("""{"status":"OK","users":["a","b"]}""")]
    [InlineData("""{"status":"OK","items":[{"user":"a"},{"user":"b","folder_id":"7"},{"strange":1},5]}""")]
    public async Task Ftp_users_are_read_whatever_the_shape(string json)
    {
        using var client = new ScriptedHandler(json).Client();
        Assert.Equal(["a", "b"], (await client.Ftp.ListUsersAsync()).Select(u => u.Name));
    }

    [Theory]
    [InlineData("folder/ls")]
    [InlineData("/folder/ls.cgi")]
    public async Task Any_call_can_be_made_by_name(string endpoint)
    {
        await using var stage = await Stage.StartAsync(factor: 2000);
        stage.Control.AddFolder("a");
        using var answer = await stage.Client.CallAsync(endpoint, """{"folder_id":0}"""u8.ToArray());
        Assert.Equal("a", answer.RootElement.GetProperty("sub_folders")[0].GetProperty("name").GetString());
        await Assert.ThrowsAsync<FichierNotFoundException>(() => stage.Client.CallAsync("file/info", """{"url":"https://1fichier.com/?abcdefghij"}"""u8.ToArray()));
        await Assert.ThrowsAsync<ArgumentException>(() => stage.Client.CallAsync("https://evil.example"));
    }
}
