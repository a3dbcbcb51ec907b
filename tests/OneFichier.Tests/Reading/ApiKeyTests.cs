using OneFichier.Sandbox;

namespace OneFichier.Tests.Reading;

public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("  KEY\r\n")]
    [InlineData("\"KEY\"")]
    [InlineData("“KEY”")]
    [InlineData("\uFEFFKEY")]
    public void A_key_is_read_as_people_paste_it(string text)
    {
        var key = ApiKey.Parse(text.Replace("KEY", SandboxOptions.DefaultKey));
        Assert.Equal(SandboxOptions.DefaultKey, key.Reveal());
        Assert.True(key.HasUsualShape);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("my key", "blanks")]
    [InlineData("https://1fichier.com/console/params.pl", "web address")]
    [InlineData("member@example.com", "mail address")]
    [InlineData("clé-secrète-clé", "ASCII")]
    [InlineData("seven77", "too short")]
    public void What_cannot_be_a_key_is_refused_with_the_reason_and_without_the_text(string text, string reason)
    {
        Assert.False(ApiKey.TryParse(text, out _, out var problem));
        Assert.Contains(reason, problem);
        Assert.True(text.Length == 0 || !problem.Contains(text));
    }

    [Fact]
    public void A_key_shows_its_ends_only_and_a_short_one_nothing()
    {
        Assert.Equal("sand…000_", ApiKey.Parse(SandboxOptions.DefaultKey).ToString());
        Assert.Equal("…", ApiKey.Parse("short-key-123").ToString());
    }

    [Fact]
    public void Keys_are_told_apart_by_a_fingerprint_that_gives_nothing_away()
    {
        var (one, other) = (ApiKey.Parse(SandboxOptions.DefaultKey), ApiKey.Parse(SandboxOptions.DefaultKey.Replace('s', 'S')));
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Equal(16, one.Fingerprint.Length);
        Assert.Equal(one, ApiKey.Parse(SandboxOptions.DefaultKey));
        Assert.NotEqual(one, other);
    }
}
