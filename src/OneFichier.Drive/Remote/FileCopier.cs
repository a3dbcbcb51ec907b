namespace OneFichier.Drive.Remote;

/// <summary>Copies files on the service; no bytes travel.</summary>
internal sealed class FileCopier(TreeContext tree, FolderLister lister)
{
    /// <summary>Copies files whose properties are known, and remembers the copies.</summary>
    /// <returns>Each file with the link of its copy; missing are those that were not there.</returns>
    public async Task<IReadOnlyList<FileCopy>> CopyAsync(
        IReadOnlyList<RemoteFile> files, FolderId destination, FileCopyOptions? options, CancellationToken cancellationToken)
    {
        var copies = new List<FileCopy>(files.Count);
        foreach (var batch in tree.Batches(files))
            copies.AddRange(await CopyBatchAsync(batch, destination, options, cancellationToken));

        return copies;
    }

    /// <summary>Copies whatever links lead to; the destination must be listed again to show what came.</summary>
    public async Task<IReadOnlyList<FileCopy>> CopyAsync(
        IReadOnlyList<FileLink> links, FolderId destination, FileCopyOptions? options, CancellationToken cancellationToken)
    {
        var copies = new List<FileCopy>(links.Count);
        try
        {
            foreach (var batch in tree.Batches(links))
                copies.AddRange(await tree.Client.Files.CopyAsync(batch, destination, options, cancellationToken));
            return copies;
        }
        finally
        {
            tree.Store.Expire(destination);
        }
    }

    private async Task<IReadOnlyList<FileCopy>> CopyBatchAsync(RemoteFile[] batch, FolderId destination, FileCopyOptions? options, CancellationToken cancellationToken)
    {
        var before = tree.Store.Read(destination)?.Files.Select(f => f.Link.Id).ToHashSet(StringComparer.Ordinal) ?? [];
        try
        {
            return await Doubt.DuringAsync(
                tree.Store,
                [destination],
                () => tree.Client.Files.CopyAsync([.. batch.Select(f => f.Link)], destination, options, cancellationToken),
                made => Remember(batch, destination, options?.Rename, made));
        }
        catch (FichierNotFoundException) when (batch.Length > 1)
        {
            (await lister.EnsureAsync(destination, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
            var half = batch.Length / 2;
            var first = await CopyBatchAsync(batch[..half], destination, options, cancellationToken);
            return [.. first, .. await CopyBatchAsync(batch[half..], destination, options, cancellationToken)];
        }
        catch (FichierNotFoundException)
        {
            (await lister.EnsureAsync(destination, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
            return [];
        }
        catch (FichierException e) when (Unanswered.MayHaveHappened(e))
        {
            var arrived = await ArrivedAsync(batch, destination, (options?.Rename, before), cancellationToken) ?? throw new FichierUnavailableException(e.Message, e) { MayHaveHappened = true, Remedy = e.Remedy };
            Remember(batch, destination, options?.Rename, arrived);
            return arrived;
        }
    }

    /// <summary>The copies that came although the answer was lost: new links with the name and content of an original. Null unless all came.</summary>
    private async Task<IReadOnlyList<FileCopy>?> ArrivedAsync(
        RemoteFile[] batch, FolderId destination, (string? Rename, HashSet<string> Before) known, CancellationToken cancellationToken)
    {
        var said = (await lister.AskAsync(destination, cancellationToken)).SaidOrThrow();
        var fresh = said.Files.Where(f => !known.Before.Contains(f.Link.Id)).ToList();
        var copies = new List<FileCopy>(batch.Length);
        foreach (var file in batch)
        {
            var at = fresh.FindIndex(f => f.Name == (known.Rename ?? file.Name) && f.Size == file.Size && f.Checksum == file.Checksum);
            if (at < 0)
                return null;
            copies.Add(new FileCopy(file.Link, fresh[at].Link));
            fresh.RemoveAt(at);
        }

        return copies;
    }

    private bool Remember(RemoteFile[] originals, FolderId destination, string? rename, IReadOnlyList<FileCopy> copies)
    {
        var now = tree.Now;
        var byLink = originals.DistinctBy(f => f.Link.Id).ToDictionary(f => f.Link.Id);
        tree.Store.Apply(
        [
            .. copies.Where(c => byLink.ContainsKey(c.From.Id)).Select(c => new OwnWrite.FileShown(destination, now, Copied(byLink[c.From.Id], c.To, rename, now))),
        ]);
        return true;
    }

    private static ListedFile Copied(RemoteFile original, FileLink link, string? rename, DateTimeOffset now) =>
        new ListedFile(original) with
        {
            Link = link,
            Name = rename ?? original.Name,
            StoredName = rename is null ? original.StoredName : Names.ServiceName.Encode(rename),
            Uploaded = now,
            ModTime = (original as ListedFile)?.ModTime,
            HasPassword = false,
            HasAcl = false,
        };
}
