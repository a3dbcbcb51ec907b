using OneFichier.Names;
using OneFichier.Sandbox;
using OneFichier.Testing;
using OneFichier.Testing.Kills;

namespace OneFichier.Cli.Tests.Trees;

/// <summary>Two machines with an index each on one account, and somebody who changes things behind both: after one more look of each everything is where it belongs and nothing is lost.</summary>
public sealed class TwoMachinesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Rounds = 3;
    private const int ChangesInARound = 12;

    private readonly TempFolder _folder = new();
    private SandboxServer _sandbox = null!;
    private Machine[] _machines = [];

    private SandboxControl Control => _sandbox.Control;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync();
        _machines = [.. ((string[])["a", "b"]).Select(name => new Machine(name, new ProgramHome(_folder[name], Programs.Fichier, _sandbox)))];
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whatever_somebody_changes_behind_two_machines_one_more_look_of_each_puts_everything_right()
    {
        var seed = Seeds.Next();
        output.WriteLine($"FICHIER_TEST_SEED={seed}");
        var random = new Random(seed);
        var crowd = new Crowd(Control, random);
        foreach (var machine in _machines)
            machine.Grow(random);

        for (var round = 0; round < Rounds; round++)
            await RoundAsync(random, crowd);

        foreach (var machine in _machines)
        {
            machine.LetTimePass();
            var last = await machine.RunAsync(refresh: true);
            Assert.All(last, run => Assert.True(run.Code == 0, $"seed {seed}: {run.Code} {run.Error}"));

            var check = await machine.CheckAsync();
            Assert.True(check.Code == 0, $"seed {seed}: {check.Code} {check.Error}");
        }

        AssertRight(crowd, seed);
    }

    [Fact]
    public async Task A_folder_that_somebody_put_where_a_file_belongs_is_told_of_and_the_rest_is_done()
    {
        var machine = _machines[0];
        machine.Write("shared/one", "1");
        machine.Write("shared/two", "2");
        Control.AddFile("tree/shared/one/theirs", "theirs"u8);

        var met = await machine.CopySharedAsync(refresh: true);
        Assert.Equal(6, met.Code);
        Assert.Contains("one", met.Error, StringComparison.Ordinal);
        Assert.Equal(["tree/shared/one/theirs", "tree/shared/two"], Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));

        Control.RemoveFolder("tree/shared/one");
        var after = await machine.CopySharedAsync(refresh: true);
        Assert.True(after.Code == 0, after.Error);
        Assert.Equal(["tree/shared/one", "tree/shared/two"], Control.Tree().Files.Select(f => f.Path).Order(StringComparer.Ordinal));
    }

    /// <summary>Both machines at once, or one after the other, while somebody is busy.</summary>
    private async Task RoundAsync(Random random, Crowd crowd)
    {
        foreach (var machine in _machines)
            machine.Change();

        var refresh = random.Next(2) == 0;
        var running = Task.WhenAll((random.Next(3) > 0 ? _machines : [_machines[random.Next(2)]]).Select(m => m.RunAsync(refresh)));
        for (var n = 0; n < ChangesInARound; n++)
        {
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System));
            if (random.Next(3) == 0)
                crowd.Mingle("tree/shared");
            else
                crowd.Disturb($"tree/{_machines[random.Next(2)].Name}");
        }

        foreach (var run in (await running).SelectMany(r => r))
            Assert.True(run.Code == 0 || (run.Code is 3 or 4 or 5 or 6 && run.Error.Length > 0), $"{run.Code}: {run.Error}");
    }

    private void AssertRight(Crowd crowd, int seed)
    {
        var tree = Control.Tree();
        foreach (var machine in _machines)
        {
            var wrong = TreeImage.OfAccount(tree, $"tree/{machine.Name}").Differences(TreeImage.OfDisk(machine.Own)).Where(d => !IsHidden(d, crowd, machine)).ToList();
            Assert.True(wrong.Count == 0, $"seed {seed}: tree/{machine.Name} {string.Join("; ", wrong)}");
        }

        var there = tree.Files.ToLookup(f => f.Path, f => f.Checksum, StringComparer.Ordinal);
        Assert.All(crowd.Kept, kept => Assert.True(there[kept.Key].Contains(kept.Value), $"seed {seed}: {kept.Key} is lost"));
        var shared = TreeImage.OfAccount(tree, "tree/shared").Paths.ToHashSet(StringComparer.Ordinal);
        Assert.All(_machines.SelectMany(m => TreeImage.OfDisk(m.Shared).Paths), path => Assert.True(shared.Contains(path), $"seed {seed}: tree/shared/{path} is lost"));
    }

    /// <summary>Where somebody put a second file of a name, the program replaces the one that is shown; what that one hid stays, as the rules have it.</summary>
    private static bool IsHidden(string difference, Crowd crowd, Machine machine) =>
        crowd.Doubled.Any(path => path.StartsWith($"tree/{machine.Name}/", StringComparison.Ordinal)
            && difference.StartsWith($"has {ServiceName.Decode(path[(machine.Name.Length + 6)..])} (", StringComparison.Ordinal));

    /// <summary>A machine: a tree it keeps the same as its part of the account, and a folder it copies into a common one.</summary>
    private sealed class Machine(string name, ProgramHome home)
    {
        private WildTree? _tree;
        private int _shared;

        public string Name => name;

        public string Own { get; } = Directory.CreateDirectory(Path.Combine(home.Folder, "own")).FullName;

        public string Shared { get; } = Directory.CreateDirectory(Path.Combine(home.Folder, "shared")).FullName;

        public void Grow(Random random)
        {
            _tree = new WildTree(Own, new Random(random.Next()));
            for (var n = 0; n < 4; n++)
                Change();
        }

        public void Change()
        {
            _tree!.Change();
            Write($"shared/{name} {++_shared}", $"{name} {_shared}");
        }

        public void LetTimePass() => home.ForgetOwnWrites();

        public void Write(string path, string content) => File.WriteAllText(Path.Combine(home.Folder, path), content);

        public async Task<IReadOnlyList<ProgramRun>> RunAsync(bool refresh)
        {
            home.ForgetBudget();
            var own = await home.RunAsync(["sync", "--create-empty-src-dirs", .. Looking(refresh), Own, $"1f:tree/{name}"]);
            return [own, await CopySharedAsync(refresh)];
        }

        public Task<ProgramRun> CheckAsync() => home.RunAsync(["check", Own, $"1f:tree/{name}"]);

        public async Task<ProgramRun> CopySharedAsync(bool refresh)
        {
            home.ForgetBudget();
            return await home.RunAsync(["copy", .. Looking(refresh), Shared, "1f:tree/shared"]);
        }

        private static string[] Looking(bool refresh) => refresh ? ["--refresh"] : [];
    }
}
