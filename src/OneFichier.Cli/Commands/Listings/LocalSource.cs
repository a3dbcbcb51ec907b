using OneFichier.Cli.Terminal;

namespace OneFichier.Cli.Commands;

/// <summary>A local file to send.</summary>
/// <param name="FullPath">Where it is.</param>
/// <param name="Folder">The folder it goes to, below the target; empty for the target itself.</param>
internal sealed record LocalSource(string FullPath, string Folder)
{
    public string Name => Path.GetFileName(FullPath);

    /// <summary>Its path below the target.</summary>
    public string Target => Folder.Length == 0 ? Name : $"{Folder}/{Name}";

    /// <summary>The files and folders at some paths; a folder goes with its name. A link to a folder is left out, since it may lead in circles.</summary>
    public static (List<LocalSource> Files, SortedSet<string> Folders) Collect(IEnumerable<string> paths, Screen screen)
    {
        var (files, folders) = (new List<LocalSource>(), new SortedSet<string>(StringComparer.Ordinal) { "" });
        foreach (var path in paths)
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            if (Directory.Exists(full))
                Walk(new DirectoryInfo(full), Path.GetFileName(full), files, folders, screen);
            else if (File.Exists(full))
                files.Add(new LocalSource(full, ""));
            else
                throw new FileNotFoundException($"There is no '{Escaping.Visible(path)}' here.");
        }

        return (files, folders);
    }

    private static void Walk(DirectoryInfo folder, string target, List<LocalSource> files, SortedSet<string> folders, Screen screen)
    {
        folders.Add(target);
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var below = target.Length == 0 ? entry.Name : $"{target}/{entry.Name}";
            if (entry is not DirectoryInfo child)
                files.Add(new LocalSource(entry.FullName, target));
            else if (child.LinkTarget is null)
                Walk(child, below, files, folders, screen);
            else
                screen.Warn($"'{Escaping.Visible(entry.FullName)}' is a link to a folder and is left out.");
        }
    }
}
