using System.Text.RegularExpressions;

namespace OneFichier.House.Tests;

public sealed class TidinessTests
{
    private const int LongestFile = 450;

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(SourceTree.Files("src").Where(f => f.Text.Count(c => c == '\n') > LongestFile).Select(f => f.Path));

    [Theory]
    [InlineData(@"^\s*#region", "a region is a class that has not been born")]
    [InlineData(@"#pragma warning disable", "a rule is obeyed, or changed for all with its reason in .editorconfig")]
    [InlineData(@"\b(TODO|FIXME|HACK)\b", "what is left for later is an issue")]
    [InlineData(@"throw new NotImplementedException", "nothing half-built")]
    [InlineData(@"catch\s*(\([^)]*\))?\s*\{\s*\}", "an error is handled or passed on")]
    public void Nothing_unfinished_stands_in_the_source(string pattern, string why) =>
        Assert.True(!Hits("src", pattern).Any(), $"{why}: {string.Join(", ", Hits("src", pattern))}");

    [Theory]
    [InlineData(@"\bThread\.Sleep\(")]
    [InlineData(@"\bTask\.Delay\(\s*(\d|TimeSpan\.From\w+\([^)]*\)\s*\))")]
    public void No_test_sleeps(string pattern) => Assert.Equal([], Hits("tests", pattern).Where(f => !f.Contains("TidinessTests", StringComparison.Ordinal)));

    /// <summary>The limit is of the wall clock: a process that was stopped, or got no processor, would be told that its pattern never ends.</summary>
    [Fact]
    public void A_pattern_may_take_minutes_before_it_counts_as_endless() =>
        Assert.Empty(SourceTree.Files("src").Where(f => Count(f.Text, "GeneratedRegex(") != Count(f.Text, " 300_000)]")).Select(f => f.Path));

    [Fact]
    public void No_file_names_a_path_of_the_machine_it_was_written_on() =>
        Assert.Empty(new[] { "src", "tests", "docs", "bench", "packaging", "changelog" }
            .Where(folder => Directory.Exists(Path.Combine(SourceTree.Root, folder)))
            .SelectMany(folder => SourceTree.Files(folder, "*.*"))
            .Where(f => Regex.IsMatch(f.Text, "/wor" + "k/(main|wt|shared)|/roo" + @"t/\.nuget", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(5)))
            .Select(f => f.Path));

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static IEnumerable<string> Hits(string folder, string pattern) =>
        SourceTree.Files(folder).Where(f => Regex.IsMatch(f.Text, pattern, RegexOptions.Multiline, TimeSpan.FromMinutes(5))).Select(f => f.Path);
}
