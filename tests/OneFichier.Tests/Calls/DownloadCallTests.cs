using OneFichier.Sandbox;
using OneFichier.Testing;

namespace OneFichier.Tests.Calls;

/// <summary>Direct links and what may be said when one is asked for.</summary>
public sealed class DownloadCallTests
{
    private static readonly byte[] Content = Pattern.Bytes(1000);

    [Fact]
    public async Task A_link_is_asked_for_with_what_is_set_and_nothing_else()
    {
        await using var stage = await Stage.StartAsync();
        var file = FileLink.Parse(stage.Control.AddFile("a", Content));
        await stage.Client.Downloads.GetLinkAsync(file);
        await stage.Client.Downloads.GetLinkAsync(file, new DirectLinkOptions
        {
            Inline = true,
            UseCdn = true,
            RestrictAddress = CdnAddressRestriction.SameAddress,
            SingleUse = true,
            NoSsl = true,
            Password = "secret",
        });
        Assert.Equal($$"""{"url":"{{file}}"}""", stage.Asked("download/get_token")[0].Body);
        Assert.Equal($$"""{"url":"{{file}}","inline":1,"cdn":1,"restrict_ip":1,"single":1,"pass":"secret","no_ssl":1}""", stage.Asked("download/get_token")[1].Body);
    }

    [Theory]
    [InlineData(0, null, 1000)]
    [InlineData(10, null, 990)]
    [InlineData(10, 20L, 20)]
    [InlineData(999, 1L, 1)]
    public async Task A_range_gives_exactly_its_bytes(int from, long? length, int expected)
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var link = await stage.Client.Downloads.GetLinkAsync(FileLink.Parse(stage.Control.AddFile("it＇s.txt", Content)));
        await using var body = await stage.Client.Downloads.OpenAsync(link, from, length);
        using var bytes = new MemoryStream();
        await body.Stream.CopyToAsync(bytes);
        Assert.Equal(Content[from..(from + expected)], bytes.ToArray());
        Assert.Equal((from, 1000L), ((int)body.From, body.TotalSize));
        Assert.NotNull(body.FileName);
    }

    [Fact]
    public async Task A_single_use_link_serves_once()
    {
        await using var stage = await Stage.StartAsync(factor: 1);
        var link = await stage.Client.Downloads.GetLinkAsync(FileLink.Parse(stage.Control.AddFile("a", Content)), new DirectLinkOptions { SingleUse = true });
        await (await stage.Client.Downloads.OpenAsync(link)).DisposeAsync();
        await Assert.ThrowsAsync<FichierProtocolException>(() => stage.Client.Downloads.OpenAsync(link));
    }

    [Fact]
    public async Task Passwords_offers_and_foreign_locks_are_told_apart()
    {
        const string otherKey = "other-key-000000000000000000000_";
        await using var stage = await Stage.StartAsync(o => o with { Accounts = [SandboxAccount.Default, new SandboxAccount { Email = "other@sandbox.invalid", Keys = [otherKey] }] });
        var file = FileLink.Parse(stage.Control.AddFile("a", Content));
        await stage.Client.Files.SetAttributesAsync([file], new FileAttributeChanges { Password = "secret" });
        using var other = stage.Another(o => o with { Key = ApiKey.Parse(otherKey) });
        Task Ask(string? password) => other.Downloads.GetLinkAsync(file, new DirectLinkOptions { Password = password });
        Assert.Contains("protected by a password", (await Assert.ThrowsAsync<FichierAccessException>(() => Ask(null))).Message);
        Assert.Contains("password is wrong", (await Assert.ThrowsAsync<FichierAccessException>(() => Ask("wrong!"))).Message);
        await Ask("secret");
        stage.Control.LockAccount(true);
        await Assert.ThrowsAsync<FichierLockedException>(() => Ask("secret"));
        stage.Control.SetOffer(SandboxOffer.Free, "other@sandbox.invalid");
        await Assert.ThrowsAsync<FichierSubscriptionException>(() => Ask("secret"));
    }
}
