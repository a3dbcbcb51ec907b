using OneFichier.Drive.Index;
using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

public sealed class RemoteTreeAgainstAModel
{
    /// <summary>FICHIER_TEST_SEEDS=100-199 plays others.</summary>
    public static TheoryData<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable("FICHIER_TEST_SEEDS") ?? "1-8").Split('-');
            return [.. Enumerable.Range(int.Parse(range[0]), int.Parse(range[^1]) - int.Parse(range[0]) + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Alone_on_the_account_the_tree_is_always_what_it_should_be(int seed)
    {
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("fichier-model-").FullName;
        await using var stage = await Stage.SetAsync(AnyBehaviours(random));
        using var first = new SqliteListingStore(Path.Combine(folder, "index.db"), stage.Time);
        using var second = new SqliteListingStore(Path.Combine(folder, "index.db"), stage.Time);
        var model = new ModelTree();
        RandomTreeWork[] processes =
        [
            new(stage, stage.NewTree(first, new RemoteTreeOptions { BatchSize = 3 }), random, model), new(stage, stage.NewTree(second), random, model),
        ];
        try
        {
            for (var step = 0; step < 60; step++)
            {
                await processes[random.Next(2)].StepAsync();
                Assert.Equal(model.Lines, OnTheService(stage));
                Assert.Equal(model.Lines, await ShownAsync(stage.NewTree(random.Next(2) == 0 ? first : second)));
                stage.Time.Advance(random.Next(40));
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}\n{string.Join('\n', processes[0].Log)}\n--\n{string.Join('\n', processes[1].Log)}");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task With_somebody_else_on_the_account_the_tree_comes_to_the_truth_and_loses_nothing(int seed)
    {
        var random = new Random(seed);
        await using var stage = await Stage.SetAsync(AnyBehaviours(random));
        var log = new List<string>();
        try
        {
            for (var round = 0; round < 6; round++)
            {
                var model = Model(stage);
                var work = new RandomTreeWork(stage, stage.Tree, random, model);
                for (var step = 0; step < 10; step++)
                    await BothAsync(stage, work, random, log);
                stage.Time.Advance(600);
                Assert.Equal(OnTheService(stage), await ShownAsync(stage.Tree));
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}\n{string.Join('\n', log)}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Under_faults_nothing_is_lost_or_doubled_that_was_not_meant_to_be(int seed)
    {
        var random = new Random(seed);
        await using var stage = await Stage.SetAsync();
        for (var n = 1; n <= 40; n++)
            stage.Control.AddGeneratedFile($"{(char)('a' + (n % 4))}/{(char)('a' + (n % 3))}/{n}.txt", n);
        var log = new List<string>();
        try
        {
            for (var step = 0; step < 60; step++)
            {
                stage.Control.Faults = new FaultPlan { Seed = (ulong)random.Next(), Rules = AnyFaults(random) };
                log.Add(await MoveSomethingAsync(stage, random));
                stage.Time.Advance(random.Next(60));
            }

            stage.Control.Faults = FaultPlan.None;
            stage.Time.Advance(7200);
            Assert.Equal(OnTheService(stage), await ShownAsync(stage.Tree));
            Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), stage.Control.Tree().Files.Select(f => f.Size).Order());
            Assert.Distinct(stage.Control.Tree().Folders.Select(f => f.Path));
        }
        catch (Exception e)
        {
            Assert.Fail($"Seed {seed}: {e}\n{string.Join('\n', log)}");
        }
    }

    private static FaultRule[] AnyFaults(Random random) =>
    [
        .. new[] { FaultKind.Cut, FaultKind.CutAfter, FaultKind.Error, FaultKind.Flood, FaultKind.Html, FaultKind.Half }
            .Select(kind => new FaultRule { Kind = kind, Rate = random.NextDouble() * 0.1, Where = "api" }),
    ];

    /// <summary>Moves files and folders about and makes folders; whatever fails, every file must stay, and once.</summary>
    private static async Task<string> MoveSomethingAsync(Stage stage, Random random)
    {
        var files = stage.Control.Tree().Files;
        var folders = stage.Control.Tree().Folders;
        var file = files[random.Next(files.Count)].Path;
        var folder = folders[random.Next(folders.Count)].Path;
        var fresh = $"{folder}/{(char)('a' + random.Next(6))}";
        var (words, work) = random.Next(4) switch
        {
            0 => ($"mkdir {fresh}/x", (Func<Task>)(() => stage.Tree.MakeFolderAsync(VolumePath.Parse($"{fresh}/x")))),
            1 => ($"mv {folder} {fresh}", () => stage.Tree.MoveAsync(VolumePath.Parse(folder), VolumePath.Parse($"{(char)('a' + random.Next(9))}{random.Next(9)}"))),
            2 => ($"mv {file} {folder}", () => stage.Tree.MoveAsync(VolumePath.Parse(file), VolumePath.Parse($"{folder}/{random.Next(500)}.txt"))),
            _ => ($"rename {file}", () => stage.Tree.RenameAsync(VolumePath.Parse(file), $"r{random.Next(500)}.txt")),
        };
        try
        {
            await work();
            return words;
        }
        catch (FichierException e)
        {
            return $"{words}: {e.GetType().Name}";
        }
    }

    private static async Task BothAsync(Stage stage, RandomTreeWork work, Random random, List<string> log)
    {
        Interfere(stage, random, log);
        try
        {
            await work.StepAsync();
        }
        catch (Exception e) when (e is FichierException or Xunit.Sdk.XunitException)
        {
            log.Add($"surprise: {e.GetType().Name}");
        }

        log.AddRange(work.Log);
        work.Log.Clear();
        stage.Time.Advance(random.Next(40));
    }

    private static void Interfere(Stage stage, Random random, List<string> log)
    {
        var files = stage.Control.Tree().Files;
        var folders = stage.Control.Tree().Folders;
        var (kind, at) = (random.Next(6), random.Next(1000));
        if (kind == 0)
            stage.Control.AddGeneratedFile(folders.Count == 0 ? "theirs.txt" : $"{folders[at % folders.Count].Path}/theirs{at % 3}.txt", 1000 + at);
        else if (kind == 1 && files.Count > 0)
            stage.Control.RemoveFile(files[at % files.Count].Url);
        else if (kind == 2 && files.Count > 0)
            stage.Control.MoveFile(files[at % files.Count].Url, "theirs");
        else if (kind == 3 && files.Count > 0)
            stage.Control.RenameFile(files[at % files.Count].Url, $"renamed{at % 3}.txt");
        else if (kind == 4 && folders.Count > 0)
            stage.Control.RemoveFolder(folders[at % folders.Count].Path);
        else if (kind == 5 && folders.Count > 0)
            stage.Control.MoveFolder(folders[at % folders.Count].Path, $"moved{at}");
        else
            return;
        log.Add($"they: {kind} {at}");
    }

    private static SandboxBehaviours AnyBehaviours(Random random) => new()
    {
        Seed = random.Next(),
        BatchesAreAllOrNothing = random.Next(2) == 0,
        ExistingFolder = (ExistingFolderAnswer)random.Next(3),
        FolderRenameIgnoresDestination = random.Next(2) == 0,
        RefuseExistingFileName = random.Next(2) == 0,
        RefuseRemovingFullFolder = random.Next(2) == 0,
        EmptyArrays = (EmptyArrayForm)random.Next(3),
        Refusals = (RefusalCarrier)random.Next(3),
        ListLag = TimeSpan.FromSeconds(random.Next(3) * 20),
        DriftingNumbers = random.Next(2) == 0,
    };

    private static string Decoded(string path) => string.Join('/', path.Split('/').Select(Names.ServiceName.Decode));

    private static List<string> OnTheService(Stage stage)
    {
        var tree = stage.Control.Tree();
        return [.. tree.Folders.Select(f => Decoded(f.Path) + "/").Concat(tree.Files.Select(f => $"{Decoded(f.Path)} {f.Size}")).Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> ShownAsync(RemoteTree tree)
    {
        var lines = new List<string>();
        await foreach (var view in tree.WalkAsync(VolumePath.Root))
            lines.AddRange(view.All.Select(e => e.IsFolder ? $"{e.Path}/" : $"{e.Path} {e.File.Size}"));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static ModelTree Model(Stage stage)
    {
        var model = new ModelTree();
        foreach (var folder in stage.Control.Tree().Folders)
            model.Make(Decoded(folder.Path));
        foreach (var file in stage.Control.Tree().Files)
            model.Files[Decoded(file.Path)] = file.Size;
        return model;
    }
}
