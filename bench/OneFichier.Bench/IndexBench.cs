using System.Diagnostics;
using OneFichier.Drive;
using OneFichier.Drive.Index;

namespace OneFichier.Bench;

/// <summary>The index at a million files, against single statements on the same library; and what a walk through it holds in memory.</summary>
internal static class IndexBench
{
    private const int Lookups = 20_000;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["walk", var walked])
            return await IndexWalk.RunAsync(walked);
        var folder = Directory.CreateTempSubdirectory("fichier-bench-").FullName;
        try
        {
            var fill = args.Contains("--small") ? new IndexFill(2_000, 50) : new IndexFill(20_000, 50);
            var path = Path.Combine(folder, "index.db");
            var inserts = Inserts(fill, path, Path.Combine(folder, "raw.db"));
            return Publish.Report("index", $"""
                # The index

                {fill.Files} files in {fill.Folders} folders, each listing put as one call; `raw` is the same table and key written and read by one prepared statement a row through
                the same library, one transaction a folder, with nothing around it. All in one run.

                | | of raw |
                |---|---:|
                {inserts}

                | lookup by folder and name, at random | p50 | p99 | of raw's p50 |
                |---|---:|---:|---:|
                {LookupRows(fill, path)}

                | one folder of 5,000 files | of raw inserting it |
                |---|---:|
                {BigFolder(folder)}

                | four threads look up while a fifth writes listings | |
                |---|---:|
                {IndexCrowd.Rows(fill, path)}

                | a whole walk (a program of its own) | peak of the program | live objects at most |
                |---|---:|---:|
                {IndexWalk.Rows(folder, fill, path)}

                Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- index --write`

                """, args);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static double[] Sample(int rounds, Action<Random> work)
    {
        var random = new Random(5);
        for (var i = 0; i < rounds / 10; i++)
            work(random);
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work(random);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times;
    }

    private static string Inserts(IndexFill fill, string path, string rawPath)
    {
        TimeSpan raw = default, ours = default;
        using (new SqliteListingStore(path))
        {
        }

        using (var bare = new RawIndex(rawPath, create: true))
        using (var store = new SqliteListingStore(path))
        {
            for (var number = 0; number < fill.Folders; number++)
            {
                var snapshot = fill.Snapshot(number);
                raw += Time(() => bare.Insert(snapshot));
                ours += Time(() => store.Put(snapshot, TimeSpan.Zero));
            }
        }

        return $"""
            | time to fill it | {ours / raw:0.00} |
            | size of the file, {new FileInfo(path).Length >> 20} MiB | {(double)new FileInfo(path).Length / new FileInfo(rawPath).Length:0.00} |
            """;
    }

    private static string LookupRows(IndexFill fill, string path)
    {
        using var raw = new RawIndex(path);
        using var store = new SqliteListingStore(path);
        var bare = Sample(Lookups, r => _ = raw.Find(r.Next(fill.Folders), IndexFill.FileName(r.Next(50))));
        var sizes = Enumerable.Range(0, 1000).Select(n => n * 7919L).ToList();
        return $"""
            {Row("raw SELECT", bare, bare)}
            {Row("FilesNamed", Sample(Lookups, r => _ = store.FilesNamed(new FolderId(r.Next(fill.Folders)), IndexFill.FileName(r.Next(50)))), bare)}
            {Row("FilesNamed, no such file", Sample(Lookups, r => _ = store.FilesNamed(new FolderId(r.Next(fill.Folders)), "missing")), bare)}
            {Row("FoldersNamed", Sample(Lookups, r => FindFolder(store, 1 + r.Next(fill.Folders - 1))), bare)}
            {Row("StateOf", Sample(Lookups, r => _ = store.StateOf(new FolderId(r.Next(fill.Folders)))), bare)}
            {Row("FilesOfSize", Sample(Lookups, r => _ = store.FilesOfSize(r.Next(10_000_000), 10)), bare)}
            {Row("SizesHeld of 1,000 sizes", Sample(100, _ => store.SizesHeld(sizes)), bare)}
            {Row("Read of a folder (50 files)", Sample(Lookups / 10, r => _ = store.Read(new FolderId(r.Next(fill.Folders)))), bare)}
            """;
    }

    private static void FindFolder(SqliteListingStore store, int number) => _ = store.FoldersNamed(new FolderId((number - 1) / 30), $"Folder {number:D6}");

    private static string BigFolder(string folder)
    {
        var fill = new IndexFill(20, 5_000);
        TimeSpan raw = default, fresh = default, again = default, changed = default, times = default;
        using var bare = new RawIndex(Path.Combine(folder, "big-raw.db"), create: true);
        using var store = new SqliteListingStore(Path.Combine(folder, "big.db"));
        for (var number = 0; number < fill.Folders; number++)
        {
            var (first, second) = (fill.Snapshot(number), fill.Snapshot(number, change: 10));
            raw += Time(() => bare.Insert(first));
            fresh += Time(() => store.Put(first, TimeSpan.Zero));
            again += Time(() => store.Put(first, TimeSpan.Zero));
            changed += Time(() => store.Put(second, TimeSpan.Zero));
            times += Time(() => store.SetModTimes([.. second.Files.Select(f => (second.Folder, f.Link, IndexFill.Noon))]));
        }

        return $"""
            | put the first time | {fresh / raw:0.00} |
            | put again, nothing changed | {again / raw:0.00} |
            | put again, ten files changed | {changed / raw:0.00} |
            | modification times of all set | {times / raw:0.00} |
            """;
    }

    private static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Row(string what, double[] times, double[] against)
    {
        var (median, late) = (times[times.Length / 2], times[times.Length * 99 / 100]);
        return $"| {what} | {median:0} µs | {late:0} µs | {median / against[against.Length / 2]:0.00} |";
    }
}
