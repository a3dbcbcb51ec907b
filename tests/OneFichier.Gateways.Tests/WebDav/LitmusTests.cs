using System.Text.RegularExpressions;
using OneFichier.Drive;
using OneFichier.Drive.Staging;
using OneFichier.Gateways.Tests.Kit;
using OneFichier.Testing;

namespace OneFichier.Gateways.Tests.WebDav;

/// <summary>The conformance suite of the protocol's own people, whole.</summary>
public sealed partial class LitmusTests(ITestOutputHelper output)
{
    private const int AllOfVersion013 = 104;

    [Fact]
    public async Task Every_test_of_litmus_passes() => await PassAsync(new MemoryVolume());

    [Fact]
    public async Task Every_test_of_litmus_passes_on_a_disk()
    {
        using var folder = new TempFolder();
        await PassAsync(new LocalVolume(folder.Path));
    }

    [Fact]
    public async Task Every_test_of_litmus_passes_on_the_service_itself()
    {
        await using var service = await Stage.StartAsync();
        await PassAsync(new RemoteVolume(new RemoteTree(service.Client, new MemoryListingStore())));
    }

    [Fact]
    public async Task Every_test_of_litmus_passes_on_the_service_with_uploads_waiting_on_the_disk()
    {
        await using var service = await Stage.StartAsync();
        using var folder = new TempFolder();
        var remote = new RemoteVolume(new RemoteTree(service.Client, new MemoryListingStore()));
        await using var volume = new SpooledVolume(remote, new SpoolOptions { Folder = folder["spool"], Time = service.Time });
        await PassAsync(volume);
    }

    private async Task PassAsync(IVolume volume)
    {
        var litmus = SystemProgram.Require("litmus", "litmus");
        await using var stage = await DavStage.StartAsync(volume);
        using var folder = new TempFolder();

        var (_, text) = await SystemProgram.RunAsync(litmus, ["--keep-going", stage.Url.ToString(), stage.Gateway.User, stage.Gateway.Secret], folder.Path);

        output.WriteLine(text);
        var summaries = Summary().Matches(text);
        Assert.Equal(5, summaries.Count);
        Assert.All(summaries, s => Assert.Equal("0", s.Groups["failed"].Value));
        Assert.Equal(AllOfVersion013, summaries.Sum(s => int.Parse(s.Groups["passed"].Value)));
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"of \d+ tests run: (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.ExplicitCapture, 300_000)]
    private static partial Regex Summary();
}
