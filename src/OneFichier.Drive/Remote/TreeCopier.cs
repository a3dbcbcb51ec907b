namespace OneFichier.Drive.Remote;

/// <summary>Copies whole folders on the service: folders made, files copied by the batch. Repeated, it copies only what is missing.</summary>
internal sealed class TreeCopier(TreeContext tree, FolderLister lister, (TreeWalker Walker, FolderMaker Maker, FileCopier Copier, ClashGuard Guard) hands)
{
    /// <returns>The number of files copied.</returns>
    public async Task<int> CopyAsync(RemotePath source, RemotePath destination, NameClash clash, CancellationToken cancellationToken)
    {
        if (destination.Start == source.Start && destination.Path.IsWithin(source.Path))
            throw new FichierRejectedException($"The folder '{source}' cannot be copied into itself.") { Remedy = "Choose a destination outside of it." };
        var copied = 0;
        await foreach (var view in hands.Walker.WalkAsync(source, Refresh.WhenOld, cancellationToken))
        {
            if (view.Failure is { } failure)
                throw failure;
            var below = VolumePath.Parse(view.Path.Path.ToString()[source.Path.ToString().Length..]);
            copied += await CopyFilesAsync(view, destination with { Path = destination.Path.Combine(below) }, clash, cancellationToken);
        }

        return copied;
    }

    private async Task<int> CopyFilesAsync(FolderView view, RemotePath destination, NameClash clash, CancellationToken cancellationToken)
    {
        var folder = await hands.Maker.MakeAsync(destination, cancellationToken);
        var files = view.Entries.Select(e => e.File).OfType<ListedFile>().ToList();
        if (files.Count == 0)
            return 0;
        (await lister.EnsureAsync(folder, tree.ProofFrom(tree.Now), cancellationToken)).OrThrow();
        files.RemoveAll(f => tree.Store.FilesNamed(folder, f.Name).Any(there => there.Size == f.Size && there.Checksum == f.Checksum));
        var inTheWay = await hands.Guard.FilesInTheWayAsync(destination, folder, files, clash, cancellationToken);
        var copies = await hands.Guard.ReplaceAsync(
            inTheWay, () => hands.Copier.CopyAsync(files, folder, null, cancellationToken), made => ClashGuard.Came(files, made), cancellationToken);
        return copies.Count;
    }
}
