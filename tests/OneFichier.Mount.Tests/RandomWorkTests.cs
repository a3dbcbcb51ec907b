using OneFichier.Testing;

namespace OneFichier.Mount.Tests;

/// <summary>Random work on files of a mount finds them as a model has them (tests/FileExerciser).</summary>
public sealed class RandomWorkTests
{
    private const int Operations = 600;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_are_at_every_step_what_was_made_of_them(bool onTheService)
    {
        await using var mounted = onTheService ? await Mounted.SandboxAsync() : await Mounted.EmptyAsync();
        var seed = Environment.GetEnvironmentVariable("EXERCISE_SEED") is { } given ? int.Parse(given) : new Random(Environment.ProcessId).Next(1_000_000);
        var exercises = Enumerable.Range(seed, 3).Select(s => RunAsync(mounted.Point, s)).ToList();
        foreach (var exercise in exercises)
            Assert.Equal("", await exercise);
    }

    private static async Task<string> RunAsync(string folder, int seed)
    {
        using var process = ChildProgram.Start("FileExerciser", [folder, $"{seed}", $"{Operations}"], under: "exec timeout -k 5 100 \"$@\"");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? "" : $"exit code {process.ExitCode} with seed {seed} (EXERCISE_SEED): {error}";
    }
}
