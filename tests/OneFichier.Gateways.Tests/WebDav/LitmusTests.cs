using System.Text.RegularExpressions;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The conformance suite of the protocol's own people, whole.</summary>
public sealed partial class LitmusTests(ITestOutputHelper output)
{
    private const int AllOfVersion013 = 104;

    [Fact]
    public async Task Every_test_of_litmus_passes()
    {
        var litmus = SystemProgram.Require("litmus", "litmus");
        await using var stage = await DavStage.StartAsync();
        using var folder = new TempFolder();

        var (_, text) = await SystemProgram.RunAsync(litmus, ["--keep-going", stage.Url.ToString(), stage.Gateway.User, stage.Gateway.Secret], folder.Path);

        output.WriteLine(text);
        var summaries = Summary().Matches(text);
        Assert.Equal(5, summaries.Count);
        Assert.All(summaries, s => Assert.Equal("0", s.Groups["failed"].Value));
        Assert.Equal(AllOfVersion013, summaries.Sum(s => int.Parse(s.Groups["passed"].Value)));
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"of \d+ tests run: (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Summary();
}
