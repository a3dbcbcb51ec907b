using OneFichier.Testing;

namespace OneFichier.Tests.Reading;

/// <summary>The shapes in which the service sends one and the same thing.</summary>
public sealed class AnswerShapeTests
{
    private const string Url = "https://1fichier.com/?abcdefghij0123456789";
    private const string Checksum = "0a894ff039da399d5a72116b3665cd952abc8a9ffe37bfae4eae4d5381c5102b237c27e88b03f71c516e08ffa1cc9de9eac55d7d3abd38ea56220018f006a2c5";

    [Theory]
    [InlineData("""{"status":"OK","url":"https://a-1.1fichier.com/p1"}""")]
    [InlineData("""{"Status":"OK","Url":"https://a-1.1fichier.com/p1"}""")]
    [InlineData("""{"url":"https://a-1.1fichier.com/p1","STATUS":"ok"}""")]
    [InlineData("""{"url":"https://a-1.1fichier.com/p1"}""")]
    [InlineData("""{"new":{"a":[1,{"b":null}]},"url":"https://a-1.1fichier.com/p1","status":"OK","list":[[]]}""")]
    [InlineData("\uFEFF{\"url\":\"https://a-1.1fichier.com/p1\",\"status\":\"OK\"}")]
    public async Task Members_come_in_any_case_and_order_among_strangers(string json)
    {
        using var client = new ScriptedHandler(json).Client();
        var link = await client.Downloads.GetLinkAsync(FileLink.Parse(Url));
        Assert.Equal("https://a-1.1fichier.com/p1", link.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("""{"url":"U","filename":"a.txt","size":12,"checksum":"C","content-type":"text/plain","pass":1,"cdn":0,"acl":1,"date":"2021-06-22 14:57:25"}""")]
    [InlineData("""{"url":"U","filename":"a.txt","size":"12","checksum":"C","content_type":"text/plain","pass":"1","cdn":"0","acl":"1","date":"2021-06-22 14:57:25"}""")]
    [InlineData("""{"acl":{"premium":1},"cdn":false,"pass":true,"content-type":"text/plain","checksum":"C","size":12.0,"filename":"a.txt","url":"U","date":"2021-06-22 14:57:25","more":[]}""")]
    public async Task A_listed_file_reads_the_same_from_numbers_strings_and_booleans(string item)
    {
        using var client = new ScriptedHandler($$"""{"status":"OK","count":1,"items":[{{item.Replace("\"U\"", $"\"{Url}\"").Replace("\"C\"", $"\"{Checksum}\"")}}]}""").Client();
        var file = Assert.Single((await client.Files.ListAsync(FolderId.Root)).Files);
        Assert.Equal(("a.txt", 12, "text/plain", true, false, true), (file.Name, file.Size, file.ContentType, file.HasPassword, file.UsesCdn, file.HasAcl));
        Assert.Equal(Checksum, file.Checksum.ToString());
        Assert.Equal(new DateTimeOffset(2021, 6, 22, 12, 57, 25, TimeSpan.Zero), file.Uploaded);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("\"0\"", false)]
    [InlineData("\"1\"", true)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("""{"ip":[],"country":[],"email":[],"premium":0}""", false)]
    [InlineData("""{"ip":null,"country":"","premium":"0"}""", false)]
    [InlineData("""{"ip":["10.0.0.0/8"],"country":["FR"],"email":["a@b.fr"],"premium":1}""", true)]
    [InlineData("""{"ip":"10.0.0.0/8"}""", true)]
    public async Task Restrictions_come_as_a_number_or_an_object(string acl, bool restricted)
    {
        using var client = new ScriptedHandler($$"""{"url":"{{Url}}","acl":{{acl}},"filename":"a","size":1}""").Client();
        var details = await client.Files.GetAsync(FileLink.Parse(Url));
        Assert.Equal(restricted, details.HasAcl);
        Assert.Equal(restricted, details.Acl is not null);
    }

    [Fact]
    public async Task Restrictions_are_read_in_full()
    {
        using var client = new ScriptedHandler($$"""{"url":"{{Url}}","acl":{"ip":["10.0.0.0/8"],"country":["FR","BE"],"email":["a@b.fr"],"premium":1},"filename":"a","size":1}""").Client();
        var acl = (await client.Files.GetAsync(FileLink.Parse(Url))).Acl!;
        Assert.Equal(["10.0.0.0/8", "FR", "BE", "a@b.fr"], [.. acl.Addresses, .. acl.Countries, .. acl.Emails]);
        Assert.True(acl.PremiumOnly);
    }

    [Theory]
    [InlineData("""{"folder_id":0,"status":"OK","size":null,"files":0,"sub_folders":[],"name":"Root"}""")]
    [InlineData("""{"folder_id":"0","status":"OK","name":"Root"}""")]
    [InlineData("""{"status":"OK","sub_folders":null,"items":null,"size":null,"files":null,"name":"Root","shares":null}""")]
    public async Task A_listing_without_arrays_is_an_empty_folder(string json)
    {
        using var client = new ScriptedHandler(json).Client();
        var listing = await client.Folders.ListAsync(FolderId.Root);
        Assert.Empty(listing.Folders);
        Assert.Empty(listing.Files!);
        Assert.Equal((FolderId.Root, "Root", false), (listing.Id, listing.Name, listing.MayBeCut));
    }

    [Fact]
    public async Task Folders_are_read_with_all_they_may_carry()
    {
        using var client = new ScriptedHandler("""
            {"status":"OK","folder_id":9007199254740993,"name":"a\uff0fb","create_date":"2021-03-20 16:42:15","pass":"1","shared":"https://1fichier.com/dir/AbC1",
             "shares":[{"email":"x@y.fr","rw":"1","hide_links":0}],
             "sub_folders":[{"id":"3357645","name":"one","create_date":"2021-03-20 16:42:15","pass":0},{"folder_id":7,"name":"two","email":"o@p.fr","rw":1},{"name":"no number"}],"files":2}
            """).Client();
        var listing = await client.Folders.ListAsync(new FolderId(9007199254740993), files: true);
        Assert.Equal((9007199254740993L, "a/b", "a／b", true, "AbC1"), (listing.Id.Value, listing.Name, listing.StoredName, listing.HasPassword, listing.PublicLink!.Value.Id));
        Assert.Equal(new FolderGrant("x@y.fr", true), Assert.Single(listing.Grants));
        Assert.Equal([3357645, 7], listing.Folders.Select(f => f.Id.Value));
        Assert.Equal(("o@p.fr", true), (listing.Folders[1].SharedBy, listing.Folders[1].Writable));
        Assert.True(listing.MayBeCut);
    }

    [Theory]
    [InlineData("""{"status":"OK","email":"m@x.fr","offer":1,"cdn":12.5,"2fa":1,"upload_forbidden":0,"overquota":0,"use_cdn":1,"default_port":0,"ftp_mode":1,"ftp_did":77,"cold_storage":100,"allowed_cold_storage":1000,"available_cold_storage":900}""")]
    [InlineData("""{"status":"OK","email":"m@x.fr","offer":"1","cdn":"12.5","2fa":"1","upload_forbidden":"0","overquota":"0","use_cdn":"1","default_port":"0","ftp_mode":"1","ftp_did":"77","cold_storage":"100","allowed_cold_storage":"1000","available_cold_storage":"1000"}""")]
    public async Task The_account_page_reads_the_same_from_numbers_and_strings(string json)
    {
        using var client = new ScriptedHandler(json).Client();
        var account = await client.Account.GetAsync();
        Assert.Equal((AccountOffer.Premium, 12.5m, 1L, false, false, true), (account.Offer, account.CdnCredits, account.TwoFactor, account.UploadForbidden, account.OverQuota, account.Settings.UseCdn));
        Assert.Equal((false, true, new FolderId(77)), (account.Settings.PlainHttpPages, account.Settings.ManualFtp, account.Settings.FtpFolder));
        Assert.Equal((100L, 1000L, 900L), (account.Storage.Cold, account.Storage.Allowed, account.Storage.Available));
    }

    [Theory]
    [InlineData("0", AccountOffer.Free)]
    [InlineData("\"3\"", AccountOffer.Gold)]
    [InlineData("\"Premium\"", AccountOffer.Premium)]
    [InlineData("7", AccountOffer.Unknown)]
    [InlineData("\"\"", AccountOffer.Unknown)]
    [InlineData("null", AccountOffer.Unknown)]
    public async Task Offers_not_known_yet_are_told_as_unknown(string offer, AccountOffer expected)
    {
        using var client = new ScriptedHandler($$"""{"status":"OK","offer":{{offer}}}""").Client();
        Assert.Equal(expected, (await client.Account.GetAsync()).Offer);
    }

    [Fact]
    public async Task Numbers_read_the_same_under_a_culture_with_decimal_commas()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        var comma = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "−");
        System.Globalization.CultureInfo.CurrentCulture = comma;
        try
        {
            using var client = new ScriptedHandler("""{"status":"OK","cdn":"12.5","available_cold_storage":"-5"}""").Client();
            var account = await client.Account.GetAsync();
            Assert.Equal((12.5m, -5L), (account.CdnCredits, account.Storage.Available));
            Assert.Equal("-1", FolderId.WholeAccount.ToString());
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("""{"status":"OK","moved":1,"urls":["https://1fichier.com/?abcdefghij0123456789"]}""")]
    [InlineData("""{"status":"OK","moved":"1","urls":[{"url":"https://1fichier.com/?abcdefghij0123456789&af=9"}]}""")]
    [InlineData("""{"status":"OK","moved":1}""")]
    public async Task Moved_links_come_as_texts_as_objects_or_not_at_all(string json)
    {
        using var client = new ScriptedHandler(json).Client();
        var link = FileLink.Parse(Url);
        Assert.Equal([link], await client.Files.MoveAsync([link], FolderId.Root));
    }
}
