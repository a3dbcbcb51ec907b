using OneFichier.Sandbox;

namespace OneFichier.Bench;

/// <summary>Many small files up: requests to the API host, with and without the documented limits.</summary>
internal static class SmallFilesBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var ours = await CountAsync(SandboxLimits.Documented, 10, 20, (bed, tree) => ChildRun.Run(bed.Fichier, ["put", tree, "1f:"], bed.Environment()));
        var sliceFolders = args.Contains("--whole") ? 10 : 2;
        var theirs = await CountAsync(SandboxLimits.None, sliceFolders, 20, (bed, tree) => ChildRun.Run("rclone", ["copy", tree, "f:tree"], bed.Environment()));
        return Publish.Report("small-files", $"""
            # Many small files

            Files of 10 KB in folders of 20, first upload. fichier: 200 files in 10 folders under the documented limits. rclone: {sliceFolders * 20} files in
            {sliceFolders} folders without limits{(sliceFolders == 10 ? "" : " (a slice; whole with `--whole`)")}, because under the limits it is locked out.

            | | files | API requests | per file | refusals for flooding | wall time per file, of rclone's |
            |---|---:|---:|---:|---:|---:|
            | fichier put | 200 | {ours.Requests} | {ours.Requests / 200.0:F3} | {ours.Floods} | {ours.Cost.WallSeconds / 200 / (theirs.Cost.WallSeconds / (sliceFolders * 20)):F3} |
            | rclone copy | {sliceFolders * 20} | {theirs.Requests} | {theirs.Requests / (sliceFolders * 20.0):F3} | {theirs.Floods} | 1 |

            Run again: `dotnet run -c Release --project bench/OneFichier.Bench -- small-files --write`

            """, args);
    }

    private static async Task<(long Requests, long Floods, Cost Cost)> CountAsync(SandboxLimits limits, int folders, int files, Func<Bed, string, Cost> run)
    {
        await using var bed = await Bed.MakeAsync(limits);
        var tree = bed.Scratch("tree");
        for (var folder = 0; folder < folders; folder++)
        {
            Directory.CreateDirectory(Path.Combine(tree, $"folder {folder}"));
            for (var file = 0; file < files; file++)
                bed.RandomFile(Path.Combine("tree", $"folder {folder}", $"file {file}.bin"), 10_000 + (folder * files) + file);
        }

        var cost = run(bed, tree);
        return (bed.Sandbox.Control.Counters.Api, bed.Sandbox.Control.Counters.Floods, cost);
    }
}
