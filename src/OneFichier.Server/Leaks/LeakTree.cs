namespace OneFichier.Server.Leaks;

/// <summary>Looks files through: all of a folder, in a steady order. Links are not followed, and neither are doors to elsewhere: sockets, pipes, devices.</summary>
public sealed class LeakTree(LeakReader reader, LeakTally tally)
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MatchType = MatchType.Simple };

    /// <summary>The folders with a <c>.git</c> that were met.</summary>
    public IList<string> Repositories { get; } = [];

    /// <summary>Looks a folder through, or one file.</summary>
    /// <param name="root">The folder or file.</param>
    /// <param name="found">Told of each finding that is not allowed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LookAsync(string root, Action<FoundLeak> found, CancellationToken cancellationToken)
    {
        if (File.Exists(root))
        {
            await FileAsync(new FileInfo(root), root, AllowList.Of(Path.GetDirectoryName(Path.GetFullPath(root))!), found, cancellationToken);
            return;
        }

        var allowed = AllowList.Of(root);
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            foreach (var entry in Entries(folder))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (entry.LinkTarget is not null || IsGits(entry))
                    continue;
                if (entry is FileInfo file)
                    await FileAsync(file, Path.GetRelativePath(root, file.FullName).Replace('\\', '/'), allowed, found, cancellationToken);
                else
                    waiting.Push(entry.FullName);
                if (entry.Name == ".git")
                    Repositories.Add(folder);
            }
        }
    }

    /// <summary>What git keeps is read through git, but for its settings and hooks; so are the objects of a repository without a working tree.</summary>
    private static bool IsGits(FileSystemInfo entry)
    {
        var above = Path.GetDirectoryName(entry.FullName)!;
        return Path.GetFileName(above) == ".git" ? entry.Name is not ("config" or "hooks") : entry is DirectoryInfo { Name: "objects" } && File.Exists(Path.Combine(above, "HEAD"));
    }

    private List<FileSystemInfo> Entries(string folder)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All).OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Unreadable.Add((folder, e.Message));
            return [];
        }
    }

    private async Task FileAsync(FileInfo file, string relative, AllowList allowed, Action<FoundLeak> found, CancellationToken cancellationToken)
    {
        try
        {
            // Pipes, sockets and devices have no length, and opening one may never return.
            if (file.Length == 0)
                return;
            await using var content = new FileStream(file.FullName, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan, BufferSize = 0 });
            tally.Bytes += await reader.ReadAsync(content, file.FullName, leak => Tell(leak), cancellationToken);
            tally.Files++;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tally.Unreadable.Add((file.FullName, e.Message));
        }

        void Tell(Leak leak)
        {
            if (!allowed.Allows(relative, leak))
                found(new FoundLeak(file.FullName, leak, LeakPlace.File));
        }
    }
}
