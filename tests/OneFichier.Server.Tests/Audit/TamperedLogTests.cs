using OneFichier.Drive.Access;
using OneFichier.Server.Audit;
using OneFichier.Testing;

namespace OneFichier.Server.Tests.Audit;

/// <summary>What somebody does to a log by hand is found, and the line is named.</summary>
public sealed class TamperedLogTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await FillAsync(8);
        Assert.Empty((await VerifyAsync()).Problems);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_changed_line_is_named()
    {
        await EditAsync(lines => lines[4] = lines[4].Replace("/file 4", "/file 9", StringComparison.Ordinal));
        var problem = Assert.Single((await VerifyAsync()).Problems);
        Assert.Equal(("audit.log", 5L), (problem.File, problem.Line));
        Assert.Contains("changed", problem.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_line_is_named()
    {
        await EditAsync(lines => lines.RemoveAt(3));
        Assert.Equal((4L, "is record 5: record 4 is missing before it"), Only(await VerifyAsync()));
    }

    [Fact]
    public async Task Lines_that_changed_places_are_named()
    {
        await EditAsync(lines => (lines[3], lines[4]) = (lines[4], lines[3]));
        Assert.Contains((await VerifyAsync()).Problems, p => p.Line == 5 && p.Problem.Contains("moved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_doubled_line_is_named()
    {
        await EditAsync(lines => lines.Insert(4, lines[3]));
        Assert.Contains((await VerifyAsync()).Problems, p => p.Line == 5 && p.Problem.Contains("doubled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_end_is_found_by_the_note_of_it()
    {
        await EditAsync(lines => lines.RemoveRange(6, 3));
        Assert.Contains("3 are missing", Only(await VerifyAsync()).Problem, StringComparison.Ordinal);
        await FillAsync(2);
        Assert.Contains("missing", Only(await VerifyAsync()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_somebodys_own_is_named()
    {
        await EditAsync(lines => lines.Insert(5, "{\"v\":1,\"n\":6,\"verb\":\"put\"}"));
        Assert.Equal((6L, "is no record"), Only(await VerifyAsync()));
    }

    [Fact]
    public async Task A_missing_note_of_the_end_is_a_problem_of_its_own()
    {
        File.Delete(_folder["audit.head"]);
        Assert.Equal("audit.head", Assert.Single((await VerifyAsync()).Problems).File);
    }

    [Fact]
    public async Task Any_single_changed_byte_of_any_line_is_found()
    {
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        var whole = await File.ReadAllBytesAsync(_folder["audit.log"]);
        for (var round = 0; round < 200; round++)
        {
            var bytes = (byte[])whole.Clone();
            var at = random.Next(bytes.Length);
            bytes[at] ^= (byte)(1 << random.Next(7));
            await File.WriteAllBytesAsync(_folder["audit.log"], bytes);
            Assert.True((await VerifyAsync()).Problems.Count > 0, $"seed {seed}, byte {at} from {whole[at]} to {bytes[at]}");
        }
    }

    private static (long Line, string Problem) Only(AuditVerdict verdict) => Assert.Single(verdict.Problems) is var problem ? (problem.Line, problem.Problem) : default;

    private async Task EditAsync(Action<List<string>> edit)
    {
        var lines = (await File.ReadAllLinesAsync(_folder["audit.log"])).ToList();
        edit(lines);
        await File.WriteAllTextAsync(_folder["audit.log"], string.Concat(lines.Select(l => l + "\n")));
    }

    private async Task FillAsync(int count)
    {
        await using var log = new AuditLog(_folder.Path, new ManualTime());
        for (var n = 0; n < count; n++)
            await log.RecordAsync([new AccessRecord(new AccessCaller("t", "u", "http", "::1"), AccessVerb.Put, $"/file {n + 1}")]);
    }

    private Task<AuditVerdict> VerifyAsync() => new AuditReader(_folder.Path).VerifyAsync();
}
