namespace OneFichier.Tests.Reading;

/// <summary>Links as people paste them.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Domains => [.. HostingDomain.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Domains))]
    public void Every_domain_is_read_in_its_new_and_its_old_form(string domain)
    {
        const string id = "abcdefghij0123456789";
        foreach (var text in new[]
        {
            $"https://{domain}/?{id}", $"http://{domain}/?{id}", $"https://www.{domain}/?{id}", $"{domain}/?{id}", $" https://{domain}/?{id}&af=3186111 ",
            $"https://{domain}/?{id}&lg=en&af=1", $"http://{id}.{domain}/", $"https://{id}.{domain}", $"HTTPS://{domain.ToUpperInvariant()}/?{id}",
        })
        {
            var link = FileLink.Parse(text);
            Assert.Equal((id, domain, $"https://{domain}/?{id}"), (link.Id, link.Domain.Name, link.Url));
            Assert.Equal(link, FileLink.Parse(link.ToString()));
        }
    }

    [Theory]
    [InlineData("abcde")]
    [InlineData("abcdefghij")]
    public void Older_shorter_ids_are_read(string id) => Assert.Equal(id, FileLink.Parse($"https://1fichier.com/?{id}").Id);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("abcdefghij0123456789")]
    [InlineData("https://1fichier.com/")]
    [InlineData("https://1fichier.com/?abcd")]
    [InlineData("https://1fichier.com/?abcdefghij01234567890")]
    [InlineData("https://1fichier.com/?abc-def")]
    [InlineData("https://1fichier.com/dir/AbCd")]
    [InlineData("https://1fichier.com/console/params.pl?abcdefghij")]
    [InlineData("https://1fichier.com.evil.example/?abcdefghij0123456789")]
    [InlineData("https://evil.example/?abcdefghij0123456789")]
    [InlineData("ftp://1fichier.com/?abcdefghij0123456789")]
    public void What_is_no_page_link_is_refused(string? text)
    {
        Assert.False(FileLink.TryParse(text, out _));
        if (text is not null)
            Assert.Throws<FormatException>(() => FileLink.Parse(text));
    }

    [Theory]
    [InlineData("https://1fichier.com/dir/AbCd1234", "AbCd1234")]
    [InlineData("https://1fichier.com/en/dir/AbCd1234", "AbCd1234")]
    [InlineData("1fichier.com/dir/AbCd1234/", "AbCd1234")]
    [InlineData("https://dl4free.com/dir/x?json=1", "x")]
    public void Share_links_are_read(string text, string id) => Assert.Equal(id, ShareLink.Parse(text).Id);

    [Theory]
    [InlineData("https://1fichier.com/?abcde")]
    [InlineData("https://1fichier.com/dir/")]
    [InlineData("https://1fichier.com/dir/a/b")]
    [InlineData("https://evil.example/dir/a")]
    public void What_is_no_share_link_is_refused(string text) => Assert.False(ShareLink.TryParse(text, out _));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Folder_numbers_have_64_bits(string text, long value) => Assert.Equal(value, FolderId.Parse(text).Value);

    [Theory]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("")]
    [InlineData("9223372036854775808")]
    public void What_is_no_folder_number_is_refused(string text) => Assert.False(FolderId.TryParse(text, out _));
}
