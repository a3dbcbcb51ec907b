using OneFichier.Sandbox;
using OneFichier.Testing;
using OneFichier.Testing.Kills;

namespace OneFichier.Cli.Tests.Trees;

/// <summary>A folder that cannot be listed is never taken for an empty one: nothing goes that should stay, the exit code says that not all was done, and the next run does the rest.</summary>
public sealed class SyncMisfortuneTests
{
    private static readonly string[] s_faults = ["html", "error", "half", "busy"];
    private static readonly string[] s_folders = ["a", "b", "c", "d"];

    [Fact]
    public Task Going_up_nothing_is_removed_wrongly_while_folders_cannot_be_listed() => Task.WhenAll(s_faults.Select(async (fault, seed) =>
    {
        await using var scene = await Scene.SetAsync();
        foreach (var folder in s_folders)
            File.Delete(Path.Combine(scene.Here, folder, "goes"));
        Directory.Delete(Path.Combine(scene.Here, "d"), recursive: true);
        var before = scene.Account.Paths.ToList();

        var met = await scene.RunAsync($"seed={seed},folder/ls:{fault}=0.5", scene.Here, "1f:tree");

        Assert.All(before.Except(scene.Account.Paths), path => Assert.True(path.EndsWith("/goes", StringComparison.Ordinal) || path.StartsWith("d/", StringComparison.Ordinal), path));
        AssertSaid(met, scene.Account.Differences(TreeImage.OfDisk(scene.Here)));
        await scene.DoneAsync(scene.Here, "1f:tree");
        Assert.Empty(scene.Account.Differences(TreeImage.OfDisk(scene.Here)));
    }));

    [Fact]
    public Task Going_down_nothing_is_removed_wrongly_while_folders_cannot_be_listed() => Task.WhenAll(s_faults.Select(async (fault, seed) =>
    {
        await using var scene = await Scene.SetAsync();
        await scene.DoneAsync("1f:tree", scene.Down);
        foreach (var file in scene.Control.Tree().Files.Where(f => f.Name == "goes"))
            scene.Control.RemoveFile(file.Url);

        var met = await scene.RunAsync($"seed={seed + 10},folder/ls:{fault}=0.5", "1f:tree", scene.Down);

        Assert.Empty(scene.Account.Paths.Except(TreeImage.OfDisk(scene.Down).Paths));
        AssertSaid(met, TreeImage.OfDisk(scene.Down).Differences(scene.Account));
        await scene.DoneAsync("1f:tree", scene.Down);
        Assert.Empty(TreeImage.OfDisk(scene.Down).Differences(scene.Account));
    }));

    private static void AssertSaid(ProgramRun run, IReadOnlyList<string> undone)
    {
        Assert.Contains(run.Code, (int[])[0, 1, 5, 6]);
        Assert.True(run.Code != 0 || undone.Count == 0, $"exit code 0 with {string.Join(", ", undone)}: {run.Error}");
        Assert.True(run.Code == 0 || run.Error.Length > 0);
    }

    /// <summary>A service and a machine whose trees are the same: in each of some folders a file that is to stay and one that is to go.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly SandboxServer _sandbox;
        private readonly ProgramHome _home;

        private Scene(SandboxServer sandbox) => (_sandbox, _home) = (sandbox, new ProgramHome(_folder["home"], Programs.Fichier, sandbox));

        public SandboxControl Control => _sandbox.Control;

        public TreeImage Account => TreeImage.OfAccount(Control.Tree(), "tree");

        public string Here => _folder["here"];

        public string Down => _folder["down"];

        public static async Task<Scene> SetAsync()
        {
            var scene = new Scene(await SandboxServer.StartAsync());
            foreach (var folder in s_folders)
            {
                Directory.CreateDirectory(Path.Combine(scene.Here, folder));
                foreach (var name in (string[])["stays", "goes"])
                    await File.WriteAllTextAsync(Path.Combine(scene.Here, folder, name), $"{folder} {name}");
            }

            await scene.DoneAsync(scene.Here, "1f:tree");
            return scene;
        }

        public async Task<ProgramRun> RunAsync(string faults, string from, string to)
        {
            _home.ForgetBudget();
            Control.Faults = FaultPlan.Parse(faults);
            var run = await _home.RunAsync("sync", "--refresh", "--max-wait", "10s", from, to);
            Control.Faults = FaultPlan.None;
            return run;
        }

        public async Task DoneAsync(string from, string to)
        {
            var run = await RunAsync("seed=0", from, to);
            Assert.True(run.Code == 0, $"sync {from} {to} ended with {run.Code}: {run.Error}");
        }

        public async ValueTask DisposeAsync()
        {
            await _sandbox.DisposeAsync();
            _folder.Dispose();
        }
    }
}
