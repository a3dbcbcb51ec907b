using System.Text.RegularExpressions;

namespace OneFichier.House.Tests;

/// <summary>Within a room a folder may use its room's root, never a sibling folder (docs/design/house.md).</summary>
public sealed class FolderRuleTests
{
    /// <summary>The few arrows between folders of one room that the design allows, each for a reason stated there.</summary>
    private static readonly HashSet<string> Allowed =
    [
        "OneFichier: Transfers -> Hashing",
        "OneFichier: Wire -> Names",
        "OneFichier.Drive: Migration -> Index",
        "OneFichier.Sandbox: Api -> Faults",
        "OneFichier.Sandbox: Faults -> Storage",
        "OneFichier.Sandbox: Node -> Faults",
        "OneFichier.Sandbox: Node -> Storage",
        "OneFichier.Server: Keys -> Store",
        "OneFichier.Server: Audit -> Store",
        "OneFichier.Server: Jobs -> Store",
        "OneFichier.Server: Cluster -> Store",
        "OneFichier.Server: Migration -> Store",
        "OneFichier.Cli: Commands -> Parsing",
        "OneFichier.Cli: Commands -> Settings",
        "OneFichier.Cli: Commands -> Terminal",
        "OneFichier.Cli: Logging -> Terminal",
        "OneFichier.Cli: Parsing -> Settings",
        "OneFichier.Cli: Parsing -> Terminal",
        "OneFichier.Cli: Settings -> Terminal",
    ];

    [Fact]
    public void No_folder_uses_a_sibling_folder() => Assert.Empty(Arrows().Where(a => !Allowed.Contains(a.Arrow)).Select(a => $"{a.Arrow}  ({a.File})"));

    [Fact]
    public void The_check_sees_an_arrow_where_there_is_one() => Assert.Contains(Arrows(), a => a.Arrow == "OneFichier: Transfers -> Hashing");

    private static IEnumerable<(string Arrow, string File)> Arrows() =>
        from room in Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src")).Select(d => Path.GetFileName(d)!)
        let folders = Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src", room)).Select(d => Path.GetFileName(d)!).Where(f => f is not "bin" and not "obj").ToArray()
        from file in SourceTree.Files($"src/{room}")
        let parts = file.Path.Split('/')
        where parts.Length > 3
        from sibling in folders
        where sibling != parts[2] && Uses(file.Text, room, sibling)
        select ($"{room}: {parts[2]} -> {sibling}", file.Path);

    private static bool Uses(string text, string room, string sibling) =>
        Found(text, $@"\b{Regex.Escape(room)}\.{sibling}\b")
        || (Found(text, $@"(?<![\w.""/<>]){sibling}\.[A-Z]\w*[.(<\s]") && !Found(text, $@"\b(class|record|struct|enum|interface)\s+{sibling}\b|\b{sibling}\s*(=>|=|\{{|;)"));

    private static bool Found(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromMinutes(5));
}
