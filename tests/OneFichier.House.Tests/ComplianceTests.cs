using System.Text.RegularExpressions;

namespace OneFichier.House.Tests;

/// <summary>The tables of docs/compliance name tests that are there.</summary>
public sealed class ComplianceTests
{
    private static readonly Lazy<ILookup<string, string>> s_tests = new(() => SourceTree.Files("tests")
        .SelectMany(f => Regex.Matches(f.Text, @"public (static )?(async )?(Task|void) (?<test>\w+)\(", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(5)).Select(m => (Class: Path.GetFileNameWithoutExtension(f.Path), Test: m.Groups["test"].Value)))
        .ToLookup(t => t.Class, t => t.Test));

    public static TheoryData<string> Tables => [.. SourceTree.Files("docs/compliance", "*.md").Select(f => Path.GetFileName(f.Path))];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_test_a_table_names_is_there(string table)
    {
        var named = Regex.Matches(SourceTree.Files("docs/compliance", table).Single().Text, @"`(?<class>\w+)\.(?<test>\w+?)(?<more>_?…)?`", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(5))
            .Where(m => m.Groups["test"].Value.Contains('_', StringComparison.Ordinal))
            .Select(m => (Class: m.Groups["class"].Value, Test: m.Groups["test"].Value, Begins: m.Groups["more"].Success)).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Where(n => !s_tests.Value[n.Class].Any(t => n.Begins ? t.StartsWith(n.Test, StringComparison.Ordinal) : t == n.Test)).Select(n => $"{n.Class}.{n.Test}"));
    }
}
