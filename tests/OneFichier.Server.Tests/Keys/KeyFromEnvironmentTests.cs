using OneFichier.Server.Keys;

namespace OneFichier.Server.Tests.Keys;

public sealed class KeyFromEnvironmentTests
{
    private static readonly string Key = new('k', 32);

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        Assert.Null(KeyFromEnvironment.Find(_ => ""));
        Assert.Equal("RCLONE_FICHIER_API_KEY", KeyFromEnvironment.Find(name => name.StartsWith("RCLONE", StringComparison.Ordinal) ? Key : "")!.Origin);
    }

    [Fact]
    public void A_line_end_is_nothing_to_talk_about_and_quotes_are()
    {
        Assert.Empty(FoundKey.Read(Key + "\r\n", "a test").Advice);
        Assert.Single(FoundKey.Read($"'{Key}'", "a test").Advice);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("mail@example.com")]
    public void What_cannot_be_a_key_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<FichierKeyException>(() => FoundKey.Read(text, "a test"));
        Assert.DoesNotContain(text, error.Message + error.Remedy);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<FichierKeyException>(() => KeyFromEnvironment.Find(name => name == "FICHIER_API_KEY_FILE" ? "/nowhere/key" : null));
        Assert.Contains("/nowhere/key", error.Message);
    }
}
