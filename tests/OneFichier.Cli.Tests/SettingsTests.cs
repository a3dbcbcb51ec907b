namespace OneFichier.Cli.Tests;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_flag_goes_before_the_environment_and_that_before_the_configuration()
    {
        await using var desk = Desk.Alone();
        desk.File("config/fichier/config.json", """{ "version": 1, "preferences": { "account": "from-config" } }""");
        Assert.Contains("'from-config'", (await desk.RunAsync("key", "show")).Error);
        desk.With("FICHIER_ACCOUNT", "from-environment");
        Assert.Contains("'from-environment'", (await desk.RunAsync("key", "show")).Error);
        Assert.Contains("'from-flag'", (await desk.RunAsync("key", "show", "--account", "from-flag")).Error);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("YES")]
    public async Task A_switch_is_set_by_any_word_for_yes(string yes)
    {
        await using var desk = Desk.Alone();
        Assert.Equal("x64", (await desk.With("FICHIER_JSON", yes).RunAsync("version")).Done().Json.GetProperty("architecture").GetString()!.Replace("arm64", "x64"));
    }

    [Fact]
    public async Task A_value_that_makes_no_sense_is_refused_by_the_name_of_its_source()
    {
        await using var desk = Desk.Alone();
        var outcome = await desk.With("FICHIER_JSON", "perhaps").RunAsync("version");
        Assert.Equal((2, true), (outcome.Code, outcome.Error.Contains("FICHIER_JSON: 'perhaps' is neither true nor false")));
        desk.With("FICHIER_JSON", null).With("FICHIER_MAX_AGE", "soon");
        Assert.Contains("FICHIER_MAX_AGE: 'soon' is not a duration", (await desk.RunAsync("ls")).Error);
    }

    [Fact]
    public async Task The_environment_sets_flags_of_a_verb_and_lists_among_them()
    {
        await using var desk = Desk.Alone();
        desk.With("FICHIER_FIELD", "folder_id=7\nname=a b").With("FICHIER_DRY_RUN", "1");
        Assert.Equal("""{"folder_id":7,"name":"a b"}""", (await desk.RunAsync("api", "folder/mkdir")).Done().Out.Trim());
    }

    [Fact]
    public async Task Verbosity_counts()
    {
        await using var desk = (await Desk.WithSandboxAsync()).With("FICHIER_VERBOSE", "2").With("FICHIER_API_KEY", new string('k', 32));
        Assert.Contains("   at ", (await desk.RunAsync("key", "check")).Error);
    }

    [Fact]
    public async Task A_configuration_of_a_newer_version_is_refused_with_a_clear_word()
    {
        await using var desk = Desk.Alone();
        var path = desk.File("config/fichier/config.json", """{ "version": 99 }""");
        var outcome = await desk.RunAsync("config", "show");
        Assert.Equal(1, outcome.Code);
        Assert.Contains($"'{path}' was written by a newer fichier", outcome.Error);
        desk.File("config/fichier/config.json", "{ half");
        Assert.Contains("is damaged", (await desk.RunAsync("config", "show")).Error);
    }

    [Fact]
    public async Task What_a_newer_program_added_to_the_configuration_is_kept()
    {
        await using var desk = await Desk.WithSandboxAsync();
        desk.File("config/fichier/config.json", """{ "version": 1, "later": { "a": 1 }, "preferences": { "max-age": "1m" } }""");
        (await desk.RunAsync(["login"], Sandbox.SandboxOptions.DefaultKey)).Done();
        var config = await File.ReadAllTextAsync(desk.ConfigFile);
        Assert.Contains("\"later\"", config);
        Assert.Contains("\"max-age\"", config);
    }

    [Fact]
    public async Task Folders_that_are_not_absolute_count_as_not_set()
    {
        await using var desk = Desk.Alone();
        Assert.Equal(Path.Combine(desk.Home, ".config/fichier/config.json"), (await desk.With("XDG_CONFIG_HOME", "relative").RunAsync("config", "path")).Done().Out.Trim());
    }

    [Fact]
    public async Task Two_keys_never_share_a_folder_and_a_rotated_one_takes_it_over()
    {
        await using var desk = await Desk.WithSandboxAsync();
        var other = new string('o', 32);
        desk.Control.AddKey(other);
        (await desk.RunAsync(["login"], Sandbox.SandboxOptions.DefaultKey)).Done();
        (await desk.With("FICHIER_API_KEY", other).RunAsync("quota")).Done();
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(desk.Home, "state/fichier")).Length);

        var owner = await File.ReadAllTextAsync(Path.Combine(desk.Home, "state/fichier/1f/owner"));
        (await desk.With("FICHIER_API_KEY", null).RunAsync(["key", "rotate"], other)).Done();
        (await desk.RunAsync("quota")).Done();
        Assert.NotEqual(owner, await File.ReadAllTextAsync(Path.Combine(desk.Home, "state/fichier/1f/owner")));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(desk.Home, "state/fichier")).Length);
    }
}
