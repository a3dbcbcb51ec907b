using OneFichier.Drive;
using OneFichier.Drive.Index;

namespace OneFichier.Bench;

/// <summary>Several at once on one store: what a lookup waits, and how large the write-ahead log grows.</summary>
internal static class IndexCrowd
{
    private const int Lookups = 60_000;

    public static string Rows(IndexFill fill, string path)
    {
        using var store = new SqliteListingStore(path);
        var alone = Sample(store, fill, 1);
        using var done = new CancellationTokenSource();
        var large = new IndexFill(1, 5_000);
        var written = 0;
        long log = 0;
        var writer = Task.Run(() =>
        {
            for (var round = 0; !done.IsCancellationRequested; round++)
            {
                store.Put(large.Snapshot(0, round % 2 == 0 ? 5_000 : 0) with { Folder = new FolderId(1_000_000), ListedAt = IndexFill.Noon.AddSeconds(round) }, TimeSpan.Zero);
                written++;
                log = Math.Max(log, new FileInfo(path + "-wal").Length);
            }
        });
        var crowd = Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => Sample(store, fill, n)))).Result;
        done.Cancel();
        writer.Wait();
        var all = crowd.SelectMany(t => t).Order().ToArray();
        return $"""
            | p50 of a lookup, of one alone | {all[all.Length / 2] / alone[alone.Length / 2]:0.0} |
            | p99 of a lookup, of one alone | {all[all.Length * 99 / 100] / alone[alone.Length * 99 / 100]:0.0} |
            | listings of 5,000 changed files written meanwhile | {written} |
            | the log at most | {log >> 20} MiB |
            """;
    }

    private static double[] Sample(SqliteListingStore store, IndexFill fill, int seed) => IndexBench.Sample(
        Lookups, r => _ = store.FilesNamed(new FolderId((r.Next(fill.Folders) + seed) % fill.Folders), IndexFill.FileName(r.Next(50))));
}
