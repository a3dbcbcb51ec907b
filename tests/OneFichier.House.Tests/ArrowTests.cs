using System.Text.RegularExpressions;

namespace OneFichier.House.Tests;

/// <summary>Between rooms every arrow points down (docs/design/house.md).</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["OneFichier"] = [],
        ["OneFichier.Drive"] = ["OneFichier"],
        ["OneFichier.Mount"] = ["OneFichier.Drive"],
        ["OneFichier.Gateways"] = ["OneFichier.Drive"],
        ["OneFichier.Server"] = ["OneFichier.Gateways"],
        ["OneFichier.Sandbox"] = [],
        ["OneFichier.Cli"] = ["OneFichier.Mount", "OneFichier.Sandbox", "OneFichier.Server"],
    };

    [Fact]
    public void Each_room_references_only_the_room_below_it()
    {
        var found = SourceTree.Files("src", "*.csproj").ToDictionary(
            f => Path.GetFileNameWithoutExtension(f.Path),
            f => Regex.Matches(f.Text, "ProjectReference Include=\"[^\"]*/(?<room>[^/\"]+)\\.csproj\"", RegexOptions.None, TimeSpan.FromMinutes(5))
                .Select(m => m.Groups["room"].Value).Order(StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);

        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(Arrows, arrow => Assert.Equal(arrow.Value, found[arrow.Key]));
    }

    [Fact]
    public void The_sandbox_names_nothing_of_the_library_it_judges() =>
        Assert.Empty(SourceTree.Files("src/OneFichier.Sandbox")
            .Where(f => Regex.IsMatch(f.Text, @"\busing OneFichier(;|\.(?!Sandbox))", RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(5)))
            .Select(f => f.Path));

    [Fact]
    public void No_project_states_a_version_of_its_own() =>
        Assert.Empty(SourceTree.Files("", "*.csproj").Where(f => f.Text.Contains("PackageReference", StringComparison.Ordinal) && f.Text.Contains(" Version=", StringComparison.Ordinal)).Select(f => f.Path));
}
