using System.Diagnostics;
using OneFichier.Drive.Index;
using OneFichier.Testing;

namespace OneFichier.Drive.Tests.Index;

/// <summary>Several users of one file, some in a process of their own: this test program again, running one explicit test alone.</summary>
public sealed class IndexProcessTests : IDisposable
{
    private const string PathVariable = "FICHIER_TEST_INDEX";
    private const int Files = 300;

    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly LogKeeper _log = new();

    private string IndexPath => _folder["index.db"];

    public void Dispose() => _folder.Dispose();

    private SqliteListingStore Open() => new(IndexPath, new SteppedTime(), _log);

    /// <summary>A folder whose files all carry the number of the round, so that a mixture would show.</summary>
    private static FolderSnapshot Round(int folder, int round) => new(new FolderId(folder), Noon.AddSeconds(round), [], [
        .. Enumerable.Range(0, Files).Select(n => new ListedFile(new RemoteFile { Link = FileLink.FromId($"f{folder:D4}x{n:D5}"), Name = $"{n}", StoredName = $"{n}", Size = round }))]);

    private static void AssertWhole(SqliteListingStore store, int folder)
    {
        if (store.Read(new FolderId(folder)) is not { } read)
            return;
        Assert.Equal(Files, read.Files.Count);
        Assert.Equal((read.ListedAt - Noon).TotalSeconds, Assert.Single(read.Files.Select(f => f.Size).Distinct()));
    }

    [Fact]
    public async Task Readers_see_each_listing_whole_while_two_write()
    {
        using var one = Open();
        using var two = Open();
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(n => Task.Run(() =>
        {
            for (var look = n; !done.IsCancellationRequested; look++)
                AssertWhole(look % 2 == 0 ? one : two, look % 4);
        })).ToList();
        await Task.WhenAll(new[] { one, two }.Select((store, side) => Task.Run(() =>
        {
            for (var round = 1; round <= 40; round++)
                store.Put(Round(side + (2 * (round % 2)), round), TimeSpan.Zero);
        })));
        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Equal(Noon.AddSeconds(40), two.StateOf(new FolderId(0))!.ListedAt);
        Assert.False(one.InMemory || two.InMemory, _log.Text);
    }

    [Fact]
    public async Task The_log_stays_short_although_somebody_always_reads()
    {
        using var store = Open();
        store.Put(Round(1, 1), TimeSpan.Zero);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
                AssertWhole(store, 1);
        })).ToList();
        var longest = 0L;
        for (var round = 2; round < 120; round++)
        {
            for (var folder = 2; folder < 8; folder++)
                store.Put(Round(folder, round), TimeSpan.Zero);
            longest = Math.Max(longest, new FileInfo(IndexPath + "-wal").Length);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.InRange(longest, 1, 40 << 20);
    }

    [Fact]
    public void A_reader_goes_on_while_another_process_holds_the_file_for_writing()
    {
        using (var before = Open())
            before.Put(Round(1, 1), TimeSpan.Zero);
        using var holder = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={IndexPath};Pooling=False");
        holder.Open();
        using var command = holder.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; DELETE FROM file";
        command.ExecuteNonQuery();
        using var store = Open();
        AssertWhole(store, 1);
        Assert.Single(store.FilesNamed(new FolderId(1), "7"));
        Assert.False(store.InMemory);
    }

    [Fact]
    public async Task A_writer_killed_in_the_middle_leaves_the_file_whole_and_free()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            using var child = Start();
            using var store = Open();
            var rounds = new Random(seed).Next(2, 30);
            for (var line = 0; line < rounds; line++)
                Assert.NotNull(await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            AssertWhole(store, 1);
            AssertWhole(store, 2);
            store.Put(Round(1, 1_000_000 * (seed + 1)), TimeSpan.Zero);
            AssertWhole(store, 1);
            Assert.False(store.InMemory, $"seed {seed}: {_log.Text}");
            Assert.False(File.Exists(IndexPath + ".damaged"), $"seed {seed}");
        }
    }

    [Fact]
    public void Opening_and_looking_up_reads_a_few_pages_of_a_large_file()
    {
        Assert.SkipUnless(File.Exists("/proc/thread-self/io"), "Only Linux counts what a thread reads.");
        using (var fill = Open())
            ManyFiles.Remember(fill, Noon, folders: 600, files: 100);
        var before = BytesRead();
        using var store = Open();
        Assert.Single(store.FilesNamed(new FolderId(321), "file 50"));
        Assert.Single(store.FoldersNamed(new FolderId(10), "folder 321"));
        Assert.Equal(new FolderId(10), store.ParentOf(new FolderId(321)));
        Assert.Single(store.FilesOfSize(321_050, 10));
        Assert.Empty(store.SizesHeld([321_500, 77_777_777]));
        Assert.NotNull(store.StateOf(new FolderId(599)));
        var read = BytesRead() - before;
        Assert.True(read < 60 * 4096, $"{read} bytes were read of {new FileInfo(IndexPath).Length}");
        Assert.True(new FileInfo(IndexPath).Length > 20 * read);
    }

    [Fact(Explicit = true)]
    public void Writes_as_another_process_and_is_skipped_unless_a_test_starts_it()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is not { } path)
            return;
        using var store = new SqliteListingStore(path);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var round = 1; round < 100_000; round++)
        {
            store.Put(Round(1 + (round % 2), round), TimeSpan.Zero);
            output.WriteLine(round);
        }
    }

    private static long BytesRead() => long.Parse(File.ReadLines("/proc/thread-self/io").First(l => l.StartsWith("rchar:", StringComparison.Ordinal)).AsSpan(6).Trim(), provider: null);

    private Process Start() => Process.Start(new ProcessStartInfo(
        "dotnet", ["exec", typeof(IndexProcessTests).Assembly.Location, "-explicit", "only", "-method", $"*.{nameof(Writes_as_another_process_and_is_skipped_unless_a_test_starts_it)}"])
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
        Environment = { ["TMPDIR"] = _folder.Path, ["DOTNET_EnableDiagnostics"] = "0", [PathVariable] = IndexPath },
    })!;
}
