using OneFichier.Sandbox;

namespace OneFichier.Drive.Tests;

/// <summary>Does random things to a tree and to a model of it, the same to both, or expects the refusal the model calls for.</summary>
internal sealed class RandomTreeWork(Stage stage, RemoteTree tree, Random random, ModelTree model)
{
    private int _size;

    public List<string> Log { get; } = [];

    public Task StepAsync() => random.Next(10) switch
    {
        0 => MakeAsync(),
        1 or 2 => PutAsync(),
        3 or 4 => MoveFileAsync(),
        5 => MoveFolderAsync(),
        6 => RemoveFileAsync(),
        7 => RemoveFolderAsync(),
        8 => CopyFileAsync(),
        _ => CopyOrPurgeAsync(),
    };

    private static VolumePath At(string path) => VolumePath.Parse(path);

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private string AFolder(bool orRoot = true) =>
        model.Folders.Count == 0 || (orRoot && random.Next(4) == 0) ? "" : model.Folders.ElementAt(random.Next(model.Folders.Count));

    private string AFile() => model.Files.Count == 0 ? "none.txt" : model.Files.ElementAt(random.Next(model.Files.Count)).Key;

    private string AFolderName() => "abcde"[random.Next(5)].ToString();

    private string AFileName() => $"{"it's"[..random.Next(5)]}{random.Next(4)}.txt";

    private NameClash AClash() => random.Next(2) == 0 ? NameClash.Refuse : NameClash.Replace;

    private async Task MakeAsync()
    {
        var path = Join(AFolder(), $"{AFolderName()}/{AFolderName()}");
        Log.Add($"mkdir {path}");
        await tree.MakeFolderAsync(At(path));
        model.Make(path);
    }

    private async Task PutAsync()
    {
        var (folder, name) = (AFolder(), AFileName());
        var path = Join(folder, name);
        if (model.Files.ContainsKey(path))
            return;
        Log.Add($"put {path}");
        var stored = Join(string.Join('/', At(folder).Segments.Select(Names.ServiceName.Encode)), Names.ServiceName.Encode(name));
        var link = FileLink.Parse(stage.Control.AddGeneratedFile(stored, ++_size, (ulong)_size));
        tree.RecordUploads(await tree.GetFolderAsync(At(folder)), [new UploadedFile(link, name, _size) { StoredName = Names.ServiceName.Encode(name) }]);
        model.Files[path] = _size;
    }

    private async Task MoveFileAsync()
    {
        var (from, to, clash) = (AFile(), Join(AFolder(), AFileName()), AClash());
        Log.Add($"move {from} {to} {clash}");
        var work = () => tree.MoveAsync(At(from), At(to), clash);
        if (!model.Files.TryGetValue(from, out var size))
        {
            await Assert.ThrowsAsync<PathNotFoundException>(work);
            return;
        }

        if (from != to && model.Files.ContainsKey(to) && clash == NameClash.Refuse)
        {
            await Assert.ThrowsAsync<NameTakenException>(work);
            return;
        }

        await work();
        model.Files.Remove(from);
        model.Files[to] = size;
    }

    private async Task MoveFolderAsync()
    {
        var (from, to) = (AFolder(orRoot: false), Join(AFolder(), AFolderName()));
        if (from.Length == 0)
            return;
        Log.Add($"move {from}/ {to}/");
        var work = () => tree.MoveAsync(At(from), At(to));
        if (from == to)
            await work();
        else if (ModelTree.IsIn(to, from))
            await Assert.ThrowsAsync<FichierRejectedException>(work);
        else if (model.Folders.Contains(to))
            await Assert.ThrowsAsync<NameTakenException>(work);
        else
        {
            await work();
            model.Move(from, to);
        }
    }

    private async Task RemoveFileAsync()
    {
        if (model.Files.Count == 0)
            return;
        var path = AFile();
        Log.Add($"rm {path}");
        await tree.RemoveFilesAsync(await tree.FindAllAsync(At(path)));
        model.Files.Remove(path);
    }

    private async Task RemoveFolderAsync()
    {
        var path = AFolder(orRoot: false);
        if (path.Length == 0)
            return;
        Log.Add($"rmdir {path}");
        if (model.IsEmpty(path))
        {
            await tree.RemoveFolderAsync(At(path));
            model.Remove(path);
        }
        else
        {
            await Assert.ThrowsAsync<FolderNotEmptyException>(() => tree.RemoveFolderAsync(At(path)));
        }
    }

    private async Task CopyFileAsync()
    {
        if (model.Files.Count == 0)
            return;
        var (from, folder, clash) = (AFile(), AFolder(), AClash());
        var to = Join(folder, At(from).Name);
        Log.Add($"cp {from} {folder}/ {clash}");
        var file = (await tree.GetFileAsync(At(from))).File!;
        var work = () => tree.CopyFilesAsync([file], At(folder), clash);
        if (model.Files.ContainsKey(to) && clash == NameClash.Refuse)
        {
            await Assert.ThrowsAsync<NameTakenException>(work);
            return;
        }

        await work();
        model.Files[to] = model.Files[from];
    }

    private async Task CopyOrPurgeAsync()
    {
        var (from, to) = (AFolder(orRoot: false), Join(AFolder(), AFolderName()));
        if (from.Length == 0)
            return;
        if (random.Next(2) == 0)
        {
            Log.Add($"purge {from}");
            await tree.PurgeAsync(At(from));
            model.Remove(from);
        }
        else if (!ModelTree.IsIn(to, from) && !ModelTree.IsIn(from, to) && model.Files.Count < 200)
        {
            Log.Add($"cp -r {from} {to}");
            await tree.CopyFolderAsync(At(from), At(to), NameClash.Replace);
            model.Copy(from, to);
        }
    }
}
