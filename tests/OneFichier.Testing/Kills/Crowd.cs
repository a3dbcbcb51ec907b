using System.Text;
using OneFichier.Sandbox;

namespace OneFichier.Testing.Kills;

/// <summary>Somebody else on the account, who changes things behind everybody's back, and remembers what he did so that a test can tell what must be there.</summary>
/// <param name="control">The hand on the account.</param>
/// <param name="random">The chance.</param>
public sealed class Crowd(SandboxControl control, Random random)
{
    /// <summary>Where he puts things that are nobody else's.</summary>
    public const string Own = "other";

    private readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _duplicates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doubled = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>The files that nobody but he may take away: their paths, and their checksums.</summary>
    public IReadOnlyDictionary<string, string> Kept => _kept;

    /// <summary>The paths at which he put a second file.</summary>
    public IReadOnlySet<string> Doubled => _doubled;

    /// <summary>Does something to one of the folders that programs keep as their own, where everything he does is undone by their next run.</summary>
    public void Disturb(string folder)
    {
        Action<string>[] whims = [RemoveFile, RemoveFile, RenameFile, AddStray, AddDuplicate, RemoveFolder, RenameFolder, AddFolderForFile];
        whims[random.Next(whims.Length)](folder);
    }

    /// <summary>Does something to a folder that programs only add to: what he makes of it stays.</summary>
    public void Mingle(string folder)
    {
        Action<string>[] whims = [RemoveFile, TakeAway, RenameAndKeep, AddAndKeep, AddDuplicate];
        whims[random.Next(whims.Length)](folder);
    }

    /// <summary>A duplicate he made is there to be replaced by the program whose name it bears, by its link, wherever it is by then; so he leaves it alone.</summary>
    private SandboxFile? AnyFile(string folder)
    {
        var files = control.Tree().Files.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal) && !_kept.ContainsKey(f.Path) && !_duplicates.Contains(f.Url)).ToList();
        return files.Count == 0 ? null : files[random.Next(files.Count)];
    }

    private string? AnyFolder(string folder)
    {
        var folders = control.Tree().Folders.Where(f => f.Path.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        return folders.Count == 0 ? null : folders[random.Next(folders.Count)].Path;
    }

    private string NewName() => $"somebody's {++_made}";

    private byte[] Content() => Encoding.UTF8.GetBytes($"somebody's content {++_made}");

    private void Keep(string url)
    {
        var file = control.Tree().Files.First(f => f.Url == url);
        _kept[file.Path] = file.Checksum;
    }

    /// <summary>What a program removed in the same moment is not there to be changed.</summary>
    private static void Unless(Action change)
    {
        try
        {
            change();
        }
        catch (KeyNotFoundException)
        {
            return;
        }
    }

    private void RemoveFile(string folder) => Change(folder, f => control.RemoveFile(f.Url));

    private void RenameFile(string folder) => Change(folder, f => control.RenameFile(f.Url, NewName()));

    private void AddStray(string folder) => control.AddFile($"{folder}/{NewName()}", Content());

    private void AddDuplicate(string folder) => Change(folder, f =>
    {
        _duplicates.Add(control.AddFile(f.Path, Content()));
        _doubled.Add(f.Path);
    });

    private void AddAndKeep(string folder) => Keep(control.AddFile($"{folder}/{NewName()}", Content()));

    private void TakeAway(string folder) => Change(folder, f =>
    {
        control.RenameFile(f.Url, NewName());
        control.MoveFile(f.Url, Own);
        Keep(f.Url);
    });

    private void RenameAndKeep(string folder) => Change(folder, f =>
    {
        control.RenameFile(f.Url, NewName());
        Keep(f.Url);
    });

    private void RemoveFolder(string folder)
    {
        if (AnyFolder(folder) is { } path)
            Unless(() => control.RemoveFolder(path));
    }

    private void RenameFolder(string folder)
    {
        if (AnyFolder(folder) is { } path)
            Unless(() => control.MoveFolder(path, $"{folder}/{NewName()}"));
    }

    private void AddFolderForFile(string folder) => Change(folder, f =>
    {
        control.RemoveFile(f.Url);
        control.AddFile($"{f.Path}/{NewName()}", Content());
    });

    private void Change(string folder, Action<SandboxFile> change)
    {
        if (AnyFile(folder) is { } file)
            Unless(() => change(file));
    }
}
