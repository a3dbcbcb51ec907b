namespace OneFichier.Testing.Kills;

/// <summary>A tree on the disk that changes as people change trees, by chance and repeatably.</summary>
/// <param name="root">Its folder, made when missing.</param>
/// <param name="random">The chance.</param>
public sealed class WildTree(string root, Random random)
{
    private const int MostFolders = 5;
    private const int MostFiles = 80;

    private static readonly string[] s_words = ["a", "report", "été", "two words", "photo.jpg", "x'y", "日本", "notes.txt"];

    private int _made;

    /// <summary>Where it is.</summary>
    public string Root { get; } = Directory.CreateDirectory(root).FullName;

    /// <summary>Does a few things to it.</summary>
    /// <param name="leadingTo">The endpoint of a request that one of them should lead to; others may.</param>
    public void Change(string leadingTo = "")
    {
        Action[] whims = [Add, Add, AddMany, AddBig, AddEmpty, AddFolder, Rewrite, Rewrite, RewriteAtSize, Rename, Rename, MoveAway, CopyBig, Remove, Remove, FolderForFile];
        var times = random.Next(1, 7);
        for (var n = 0; n < times; n++)
            whims[random.Next(whims.Length)]();
        Action towards = leadingTo switch
        {
            "file/cp" => CopyBig,
            "file/mv" => MoveAway,
            "file/rename" => Rename,
            "file/rm" => Remove,
            "folder/rm" => RemoveFolder,
            "folder/mkdir" => AddFolder,
            _ => Add,
        };
        towards();
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private List<string> Folders() => [.. Directory.EnumerateDirectories(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private string AnyFolder() => random.Next(3) == 0 ? Root : Pick(Folders()) ?? Root;

    private string? Pick(IReadOnlyList<string> of) => of.Count == 0 ? null : of[random.Next(of.Count)];

    private string NewName() => $"{s_words[random.Next(s_words.Length)]} {++_made}";

    private string NewPath() => NewPathIn(AnyFolder());

    private string NewPathIn(string folder)
    {
        var path = Path.Combine(folder, NewName());
        return Path.Exists(path) ? NewPathIn(folder) : path;
    }

    private void Write(string path, int size)
    {
        var content = new byte[size];
        random.NextBytes(content);
        File.WriteAllBytes(path, content);
    }

    private void Add() => Write(NewPath(), random.Next(1, 30_000));

    private void AddMany()
    {
        var folder = AnyFolder();
        for (var n = Files().Count < MostFiles ? random.Next(5, 25) : 0; n > 0; n--)
            Write(NewPathIn(folder), random.Next(1, 2000));
    }

    private void AddBig() => Write(NewPath(), random.Next(1 << 20, 5 << 20));

    private void AddEmpty() => Write(NewPath(), 0);

    private void AddFolder()
    {
        if (Folders().Count < MostFolders)
            Directory.CreateDirectory(NewPath());
    }

    private void Rewrite()
    {
        if (Pick(Files()) is { } file)
            Write(file, random.Next(0, 20_000));
    }

    private void RewriteAtSize()
    {
        if (Pick(Files()) is { } file)
            Write(file, (int)new FileInfo(file).Length);
    }

    private void Rename()
    {
        if (Pick(Files()) is { } file)
            File.Move(file, NewPathIn(Path.GetDirectoryName(file)!));
    }

    private void MoveAway()
    {
        if (Pick(Files()) is { } file)
            File.Move(file, NewPath());
    }

    private void CopyBig()
    {
        if (Pick([.. Files().Where(f => new FileInfo(f).Length >= 1 << 20)]) is { } file)
            File.Copy(file, NewPath());
        else
            AddBig();
    }

    private void Remove()
    {
        foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
        {
            if (Pick(Files()) is { } file)
                File.Delete(file);
        }
    }

    private void RemoveFolder()
    {
        if (Pick(Folders()) is { } folder)
            Directory.Delete(folder, recursive: true);
    }

    private void FolderForFile()
    {
        if (random.Next(3) != 0 || Folders().Count >= MostFolders || Pick(Files()) is not { } file)
            return;

        File.Delete(file);
        Directory.CreateDirectory(file);
        Write(NewPathIn(file), 100);
    }
}
