namespace OneFichier.Server.Backup;

/// <summary>
/// Restores a few files of a snapshot and compares them: always with what the snapshot says of them, and with the sources of this machine where those have not changed since. restic itself
/// checks the content of all it restores.
/// </summary>
/// <param name="repository">The repository.</param>
/// <param name="scratch">A folder for what is restored; it is made, and removed whatever happens.</param>
public sealed class RestoreProof(BackupRepository repository, string scratch)
{
    private const int Block = 1 << 17;

    /// <summary>Restores and compares.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="files">The files.</param>
    /// <param name="withSources">Whether the snapshot is one of this machine.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ProofResult> RunAsync(Snapshot snapshot, IReadOnlyList<SnapshotFile> files, bool withSources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
            return new ProofResult(0, 0, 0, []);

        PrivateFile.MakeFolder(scratch);
        try
        {
            var request = new RestoreRequest(snapshot.Id, scratch) { Includes = [.. files.Select(f => ResticArguments.Exactly(f.Path))] };
            var failed = new FailedItems();
            await repository.RestoreAsync(request, failed, cancellationToken);
            return await CompareAsync(files, withSources, failed, cancellationToken);
        }
        finally
        {
            RemoveScratch(scratch);
        }
    }

    /// <summary>Removes a folder of restored files, whatever rights they were given.</summary>
    public static void RemoveScratch(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        MakeRemovable(new DirectoryInfo(folder));
        Directory.Delete(folder, recursive: true);
    }

    private async Task<ProofResult> CompareAsync(IReadOnlyList<SnapshotFile> files, bool withSources, FailedItems failed, CancellationToken cancellationToken)
    {
        var mismatches = new List<ProofMismatch>();
        var compared = 0;
        foreach (var file in files)
        {
            var restored = new FileInfo(scratch + file.Path);
            if (!restored.Exists || restored.Length != file.Size)
            {
                mismatches.Add(new ProofMismatch(file.Path, restored.Exists ? $"{restored.Length} bytes were restored of {file.Size}" : failed.ReasonOf(file.Path)));
                continue;
            }

            if (!withSources || !IsUnchanged(file) || await IsSameAsync(restored, file.Path, cancellationToken) is not { } same || !IsUnchanged(file))
                continue;
            compared++;
            if (!same)
                mismatches.Add(new ProofMismatch(file.Path, "its content is not that of the file here, which has the size and time of the snapshot"));
        }

        return new ProofResult(files.Count, compared, files.Sum(f => f.Size), mismatches);
    }

    private static bool IsUnchanged(SnapshotFile file)
    {
        var source = new FileInfo(file.Path);
        return source is { Exists: true, LinkTarget: null } && source.Length == file.Size && source.LastWriteTimeUtc.Ticks == file.ModTime.UtcTicks;
    }

    /// <returns><see langword="null"/> where the source cannot be read any more.</returns>
    private static async Task<bool?> IsSameAsync(FileInfo restored, string source, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
            restored.UnixFileMode |= UnixFileMode.UserRead;
        try
        {
            await using var one = restored.OpenRead();
            await using var other = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var (left, right) = (new byte[Block], new byte[Block]);
            while (true)
            {
                var read = await one.ReadAtLeastAsync(left, Block, throwOnEndOfStream: false, cancellationToken);
                if (await other.ReadAtLeastAsync(right, Block, throwOnEndOfStream: false, cancellationToken) != read || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
                    return false;
                if (read < Block)
                    return true;
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    private static void MakeRemovable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var below in folder.EnumerateDirectories().Where(d => d.LinkTarget is null))
            MakeRemovable(below);
    }

    private sealed class FailedItems : IProgress<BackupEvent>
    {
        private readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal);

        public void Report(BackupEvent value)
        {
            if (value is BackupItemFailed failed)
                _reasons[failed.Path] = failed.Reason;
        }

        public string ReasonOf(string path) => _reasons.TryGetValue(path, out var reason) ? $"it could not be restored: {reason}" : "it was not restored";
    }
}

/// <summary>What a proof has shown.</summary>
/// <param name="Files">How many files were restored.</param>
/// <param name="Compared">How many of them were compared with the file of this machine, byte by byte.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Mismatches">What is not as it should be.</param>
public sealed record ProofResult(int Files, int Compared, long Bytes, IReadOnlyList<ProofMismatch> Mismatches);

/// <summary>A file that was not restored as it should be.</summary>
public sealed record ProofMismatch(string Path, string Reason);
