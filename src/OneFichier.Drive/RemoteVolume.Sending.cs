namespace OneFichier.Drive;

public sealed partial class RemoteVolume
{
    /// <summary>
    /// Sends files into a folder that is known by its number, and removes what each replaces once it is proven. A journal is kept meanwhile: if the process dies, the next call of any volume of the
    /// account adopts what arrived and removes what it was to replace.
    /// </summary>
    /// <param name="upload">The files; the journal of its batch is set here.</param>
    /// <param name="facts">What is known of files by their names, where something is.</param>
    /// <param name="cancellationToken">Breaks off; what was begun stays in the journal.</param>
    /// <returns>One outcome for each file, in their order.</returns>
    public async Task<IReadOnlyList<UploadOutcome>> SendAsync(FolderUpload upload, IReadOnlyDictionary<string, SentFile> facts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(facts);
        await ReadyAsync(cancellationToken);
        using var log = _volume.Log(facts.ToDictionary(f => f.Key, f => new UploadNote(f.Value.ModTime, [.. f.Value.Replaces.Select(r => r.File!.Link)])));
        var outcomes = await Tree.UploadAsync(
            upload with
            {
                Batch = (upload.Batch ?? new UploadBatchOptions()) with { Journal = log },
                ModTime = f => facts.GetValueOrDefault(f.Name)?.ModTime,
            },
            cancellationToken);
        var proven = outcomes.Where(o => o.Proven).Select(o => o.File.Name).ToHashSet(StringComparer.Ordinal);
        List<RemoteEntry> old = [.. proven.SelectMany(name => facts.GetValueOrDefault(name)?.Replaces ?? [])];
        if (old.Count > 0)
            await Tree.RemoveFilesAsync(old, cancellationToken);
        log?.Close();
        _volume.Sent?.Invoke(upload.Folder, proven);
        return outcomes;
    }
}

/// <summary>What is known of a file that is sent, besides its content.</summary>
/// <param name="ModTime">When its content was last changed.</param>
/// <param name="Replaces">The files that go once it is proven.</param>
public sealed record SentFile(DateTimeOffset? ModTime, IReadOnlyList<RemoteEntry> Replaces);
