using System.Globalization;
using System.Reflection;
using OneFichier.Drive;
using OneFichier.Drive.Index;

namespace OneFichier.Bench;

/// <summary>A walk over a whole index in a program of its own, which is watched from outside.</summary>
internal static class IndexWalk
{
    public static string Rows(string folder, IndexFill largest, string largestPath) => string.Join('\n', [
        .. new[] { largest.Folders / 1000, largest.Folders / 10 }.Select(folders => Row(new IndexFill(folders, 50), Path.Combine(folder, $"walk-{folders}.db"), fill: true)),
        Row(largest, largestPath, fill: false)]);

    private static string Row(IndexFill what, string path, bool fill)
    {
        if (fill)
        {
            using var store = new SqliteListingStore(path);
            what.Put(store);
        }

        var cost = ChildRun.Run("dotnet", [Assembly.GetExecutingAssembly().Location, "index", "walk", path]);
        return $"| {what.Files} files | {cost.PeakKiB >> 10} MiB | {long.Parse(File.ReadAllText(path + ".live"), CultureInfo.InvariantCulture) / 1024.0 / 1024:0.0} MiB |";
    }

    /// <summary>The child: walks without a request and writes down how much was alive at most.</summary>
    public static async Task<int> RunAsync(string path)
    {
        using var store = new SqliteListingStore(path);
        using var client = new FichierClient(new FichierOptions { Key = ApiKey.Parse(new string('k', 32)), ApiBase = new Uri("http://127.0.0.1:9/"), Attempts = 1 });
        var tree = new RemoteTree(client, store);
        var (files, folders, live) = (0L, 0, 0L);
        await foreach (var view in tree.WalkAsync(VolumePath.Root, Refresh.Never))
        {
            files += view.Entries.Count(e => !e.IsFolder);
            if (folders++ % 500 == 0)
                live = Math.Max(live, GC.GetTotalMemory(forceFullCollection: true));
        }

        await File.WriteAllTextAsync(path + ".live", live.ToString(CultureInfo.InvariantCulture));
        return files == folders * 50L ? 0 : 1;
    }
}
